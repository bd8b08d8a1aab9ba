package dev.nightjar.tokenizer.jinja.text;

import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** Dates in the words of {@code strftime}, in English. */
public final class DateText {
    private static final int HOURS_OF_NOON = 12;
    private static final int YEARS_OF_CENTURY = 100;

    private DateText() {}

    /** The date by a format of {@code %} codes; an unknown code stands as it is. */
    public static String format(LocalDateTime date, String format) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                text.append(c);
                continue;
            }
            boolean isUnpadded = format.charAt(i + 1) == '-' && i + 2 < format.length();
            i += isUnpadded ? 2 : 1;
            String field = field(date, format.charAt(i));
            text.append(isUnpadded ? unpadded(field) : field);
        }
        return text.toString();
    }

    private static String unpadded(String field) {
        return field.replaceFirst("^[0 ]+(?=\\d)", "");
    }

    private static String field(LocalDateTime date, char code) {
        return switch (code) {
            case 'Y' -> Integer.toString(date.getYear());
            case 'y' -> padded(date.getYear() % YEARS_OF_CENTURY);
            case 'C' -> padded(date.getYear() / YEARS_OF_CENTURY);
            case 'm' -> padded(date.getMonthValue());
            case 'd' -> padded(date.getDayOfMonth());
            case 'e' -> "%2d".formatted(date.getDayOfMonth());
            case 'b', 'h' -> date.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'B' -> date.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'a' -> date.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
            case 'A' -> date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
            case 'u' -> Integer.toString(date.getDayOfWeek().getValue());
            case 'w' -> Integer.toString(date.getDayOfWeek().getValue() % 7);
            case 'j' -> "%03d".formatted(date.getDayOfYear());
            case 'V' -> padded(date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'G' -> Integer.toString(date.get(IsoFields.WEEK_BASED_YEAR));
            default -> timeField(date, code);
        };
    }

    private static String timeField(LocalDateTime date, char code) {
        return switch (code) {
            case 'H' -> padded(date.getHour());
            case 'I' -> padded(date.get(ChronoField.CLOCK_HOUR_OF_AMPM));
            case 'M' -> padded(date.getMinute());
            case 'S' -> padded(date.getSecond());
            case 'f' -> "%06d".formatted(date.get(ChronoField.MICRO_OF_SECOND));
            case 'p' -> date.getHour() < HOURS_OF_NOON ? "AM" : "PM";
            case 'D', 'x' -> format(date, "%m/%d/%y");
            case 'F' -> format(date, "%Y-%m-%d");
            case 'T', 'X' -> format(date, "%H:%M:%S");
            case 'R' -> format(date, "%H:%M");
            case 'c' -> format(date, "%a %b %e %H:%M:%S %Y");
            case 'Z', 'z' -> "";
            case 'n' -> "\n";
            case 't' -> "\t";
            case '%' -> "%";
            default -> "%" + code;
        };
    }

    private static String padded(int value) {
        return "%02d".formatted(value);
    }
}
