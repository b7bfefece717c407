-- Asks for the addresses of a file in turn, signed in by a cookie; with a pause it keeps near a rate instead of going as
-- fast as it can. From the environment: ADDRESSES (a file, one path a line), COOKIE, PAUSE_MILLISECONDS.
local addresses, turn = {}, 0
for line in io.lines(os.getenv("ADDRESSES")) do
    if line ~= "" then addresses[#addresses + 1] = line end
end
local pause = tonumber(os.getenv("PAUSE_MILLISECONDS") or "0")
wrk.headers["Cookie"] = os.getenv("COOKIE")
function init() math.randomseed(20260321); turn = math.random(#addresses) end
function request()
    turn = turn % #addresses + 1
    return wrk.format("GET", addresses[turn])
end
if pause > 0 then
    function delay() return pause end
end
function done(summary, latency)
    local wrong = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout
    io.write(string.format("RESULT %.0f %.2f %.2f %.2f %d\n", summary.requests / summary.duration * 1e6,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000, wrong))
end
