-- Lets leases that are still held live on.
--
-- KEYS[1] sorted set of leases by the time they expire at, in microseconds
-- ARGV    microseconds that a lease lives, then the leases

local time = redis.call('TIME')
local expiry = tonumber(time[1]) * 1000000 + tonumber(time[2]) + tonumber(ARGV[1])
for i = 2, #ARGV do
  redis.call('ZADD', KEYS[1], 'XX', string.format('%.0f', expiry), ARGV[i])
end
return redis.call('PEXPIRE', KEYS[1], string.format('%.0f', math.ceil(tonumber(ARGV[1]) / 500)))
