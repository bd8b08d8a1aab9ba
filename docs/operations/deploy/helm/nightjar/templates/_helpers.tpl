{{- define "nightjar.name" -}}
{{- if contains "nightjar" .Release.Name -}}{{ .Release.Name | trunc 50 }}{{- else -}}{{ printf "%s-nightjar" (.Release.Name | trunc 40) }}{{- end -}}
{{- end -}}

{{- define "nightjar.selector" -}}
app.kubernetes.io/name: nightjar
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "nightjar.labels" -}}
{{ include "nightjar.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
{{- end -}}

{{- define "nightjar.scheme" -}}
{{- if .Values.tls.secret -}}HTTPS{{- else -}}HTTP{{- end -}}
{{- end -}}

{{- define "nightjar.config" -}}
{{- $server := dict "host" "0.0.0.0" "port" (int .Values.port) "admin_host" "0.0.0.0" "admin_port" (int .Values.adminPort) "drain_limit" (printf "%ds" (int .Values.drainSeconds)) -}}
{{- if .Values.tls.secret -}}
{{- $_ := set $server "tls" (dict "certificate" "/tls/tls.crt" "key" "/tls/tls.key") -}}
{{- end -}}
{{- $config := deepCopy .Values.config -}}
{{- $_ := set $config "server" (merge $server (default dict $config.server)) -}}
{{ toYaml $config }}
{{- end -}}
