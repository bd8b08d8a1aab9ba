-- One decision about a caller, or one change of what it has used; the clock is the server's.
--
-- KEYS[1] hash: requests, requests_at, tokens, tokens_at (shares and microseconds), day, used
-- KEYS[2] sorted set of leases by the time they expire at, in microseconds
-- ARGV    operation (admit, end, retry_end, standing), lease, microseconds that a lease lives,
--         tokens to charge, tokens known to be used today or -1,
--         limits of requests/min, tokens/min, running, tokens/day (0: none)
-- Answers admitted (1, 0, or -1 if tokens used today must be given), shares of requests, shares of
--         tokens, running, used today, now in microseconds: as text, since 64 bits do not fit all
--         clients' numbers. Every number stays below 2^53, where this language counts exactly.

local SHARES = 60000000
local DAY = 86400000000

local operation, lease = ARGV[1], ARGV[2]
local lease_life, charge, seed = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local max_requests, max_tokens = tonumber(ARGV[6]), tonumber(ARGV[7])
local max_running, max_day = tonumber(ARGV[8]), tonumber(ARGV[9])

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local today = math.floor(now / DAY)
local known = redis.call('HMGET', KEYS[1],
    'requests', 'requests_at', 'tokens', 'tokens_at', 'day', 'used')

local function text(number)
  return string.format('%.0f', number)
end

local function filled(level, at, limit)
  if limit == 0 then
    return 0
  end
  local full = limit * SHARES
  if not level then
    return full
  end
  local brought = math.max(0, now - tonumber(at)) * limit
  return math.min(full, tonumber(level) + brought)
end

local requests = filled(known[1], known[2], max_requests)
local tokens = filled(known[3], known[4], max_tokens)

local used = 0
if known[5] then
  if tonumber(known[5]) == today then
    used = tonumber(known[6])
  end
elseif max_day > 0 then
  if seed < 0 then
    return {'-1', '0', '0', '0', '0', text(now)}
  end
  used = seed
end

redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', text(now))
local running = redis.call('ZCARD', KEYS[2])
local admitted = 0

if operation == 'admit' then
  if redis.call('ZSCORE', KEYS[2], lease) then
    admitted = 1 -- asked again because the answer was lost
  elseif (max_running == 0 or running < max_running)
      and (max_requests == 0 or requests >= SHARES)
      and (max_tokens == 0 or tokens >= SHARES)
      and (max_day == 0 or used < max_day) then
    admitted = 1
    running = running + 1
    requests = requests - SHARES
    redis.call('ZADD', KEYS[2], text(now + lease_life), lease)
    redis.call('PEXPIRE', KEYS[2], text(math.ceil(lease_life / 500)))
  end
elseif operation ~= 'standing' then
  local was_running = redis.call('ZREM', KEYS[2], lease)
  running = running - was_running
  if operation == 'end' or was_running == 1 then
    tokens = tokens - charge * SHARES
    used = used + charge
  end
end

if operation ~= 'standing' then
  redis.call('HSET', KEYS[1], 'day', text(today), 'used', text(used))
  if max_requests > 0 then
    redis.call('HSET', KEYS[1], 'requests', text(requests), 'requests_at', text(now))
  end
  if max_tokens > 0 then
    redis.call('HSET', KEYS[1], 'tokens', text(tokens), 'tokens_at', text(now))
  end
  local life = DAY / 1000
  if max_day > 0 then
    life = 2 * life
  end
  redis.call('PEXPIRE', KEYS[1], text(life))
end

return {text(admitted), text(requests), text(tokens), text(running), text(used), text(now)}
