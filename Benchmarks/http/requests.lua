-- What wrk sends: one kind of request, KIND, to either server; every request is another one.
-- Environment: KIND list | position | report | order; TOKEN; DAY; ITEMS; CENTRES; RUN, which makes keys unique.

local kind = os.getenv("KIND")
local day = os.getenv("DAY")
local items = tonumber(os.getenv("ITEMS"))
local centres = tonumber(os.getenv("CENTRES"))
local run = os.getenv("RUN")
local threads, number, refused = 0, 0, 0

function setup(thread)
  threads = threads + 1
  thread:set("place", threads)
end

function init()
  math.randomseed(place * 7919 + #run)
  wrk.headers["Authorization"] = "Bearer " .. os.getenv("TOKEN")
  wrk.headers["Content-Type"] = "application/json"
end

local function sku(index) return string.format("ITEM-%05d", index) end
local function centre() return "c" .. math.random(centres) end

local function list()
  return wrk.format("GET", "/v1/stock/positions?limit=50&centre=" .. centre() .. "&day=" .. day)
end

local function position()
  return wrk.format("GET", "/v1/centres/" .. centre() .. "/stock/" .. sku(math.random(items)) .. "?day=" .. day)
end

local function report()
  local lines, first = {}, math.random(items - 50)
  for line = 1, 50 do
    lines[line] = string.format('{"item":"%s","counted":%d,"used":%d}', sku(first + line), math.random(900), math.random(40))
  end
  local body = string.format(
    '{"centre":"%s","day":"%s","report":"%s-%d-%d","lines":[%s]}',
    centre(), day, run, place, number, table.concat(lines, ","))
  return wrk.format("POST", "/v1/stock/reports", nil, body)
end

local function order()
  local rows, first = {}, math.random(190)
  for row = 1, 10 do
    rows[row] = string.format('{"sku":"%s","centre":"%s","packs":%d}', sku(first + row), centre(), math.random(60))
  end
  local body = string.format(
    '{"supplier":"s","agreement":"A","lot":1,"key":"%s-%d-%d","rows":[%s]}',
    run, place, number, table.concat(rows, ","))
  return wrk.format("POST", "/v1/orders", nil, body)
end

local make = { list = list, position = position, report = report, order = order }

function request()
  number = number + 1
  return make[kind]()
end

function response(status, _, body)
  if status >= 300 then
    refused = refused + 1
    if refused == 1 then io.stderr:write(kind .. ": " .. status .. " " .. body:sub(1, 300) .. "\n") end
  end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"refused":%d,"broken":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
