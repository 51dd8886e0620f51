using System.Net;
using System.Text.Json;
using Carillon.Metrics;
using Carillon.Model;

namespace Carillon.Web.Tests.Statistics;

public sealed class StatisticsApiTests(NodeFixture fixture) : IClassFixture<NodeFixture>
{
    private const string Api = "/api/v1/scheduler";
    private static readonly DateTimeOffset Hour = RollupSpan.Hour.Floor(TimeProvider.System.Now()).AddDays(-2);

    private readonly WebHost _host = fixture.Host;
    private readonly MemoryRollups _recorded = fixture.Node.Store.Rollups;

    [Fact]
    public async Task Statistics_of_what_just_ran_are_there_before_anything_of_it_is_rolled_up()
    {
        await RunAsync("fresh", "ok");

        var data = await GetAsync("/jobs/fresh/statistics");

        Assert.Equal("fresh", data.GetProperty("job_id").GetString());
        Assert.Equal("minute", data.GetProperty("resolution").GetString());
        Assert.Equal(1, data.GetProperty("success_count").GetInt64());
        Assert.Equal(1, data.GetProperty("success_rate").GetDouble());
        Assert.Equal(1, data.GetProperty("sample_count").GetInt64());
        Assert.True(data.GetProperty("p99_duration_ms").GetDouble() > 0);
        Assert.Equal(1, data.GetProperty("start_lag").GetProperty("count").GetInt64());
        Assert.Equal(JsonValueKind.Null, data.GetProperty("previous").ValueKind);
    }

    [Fact]
    public async Task Books_of_what_just_ran_balance()
    {
        await RunAsync("booked", "ok");
        await RunAsync("booked", "fail");

        var data = await GetAsync("/jobs/booked/books");

        Assert.Equal((2, 1, 1, 0), (Long(data, "planned"), Long(data, "succeeded"), Long(data, "failed"), Long(data, "open")));
    }

    [Fact]
    public async Task Reset_zeroes_counters_and_keeps_what_is_recorded()
    {
        await RunAsync("zeroed", "ok");
        var before = (await GetAsync("/metrics")).GetProperty("summary");

        var reset = await _host.DataAsync(HttpMethod.Post, $"{Api}/metrics/reset", "{}");

        var data = await GetAsync("/metrics");
        Assert.True(Long(before, "total_executions") > 0);
        Assert.Equal(0, Long(data.GetProperty("summary"), "total_executions"));
        Assert.True(data.GetProperty("summary").GetProperty("uptime_seconds").GetDouble() < before.GetProperty("uptime_seconds").GetDouble() + 1);
        Assert.Equal(reset.GetProperty("since").GetString(), (await GetAsync("/metrics/summary")).GetProperty("since").GetString());
        Assert.Equal(1, Long(await GetAsync("/jobs/zeroed/statistics"), "success_count"));
        Assert.Equal(1, Long(await GetAsync("/jobs/zeroed/books"), "planned"));
        Assert.Equal(0, Long((await GetAsync("/jobs/zeroed")).GetProperty("metrics"), "total_runs"));
        await RunAsync("zeroed", "ok");
        Assert.Equal(1, Long((await GetAsync("/metrics")).GetProperty("summary"), "total_executions"));
    }

    [Fact]
    public async Task Statistics_of_a_past_period_are_those_of_its_roll_ups_with_the_period_before()
    {
        await CreateAsync("past", "ok");
        for (var hour = 0; hour < 4; hour++)
        {
            _recorded.Save(Figures("past", RollupSpan.Hour, Hour.AddHours(hour), [1_000 * (hour + 1), 2_000_000]));
        }

        var (from, to) = (Text(Hour.AddHours(2)), Text(Hour.AddHours(4)));
        var data = await GetAsync($"/jobs/past/statistics?from={from}&to={to}&compare=previous");

        Assert.Equal(4, Long(data, "success_count"));
        Assert.Equal(4_007, data.GetProperty("total_duration_ms").GetDouble());
        Assert.Equal((3, 2_000), (data.GetProperty("min_duration_ms").GetDouble(), data.GetProperty("max_duration_ms").GetDouble()));
        Assert.InRange(data.GetProperty("p50_duration_ms").GetDouble(), 4 * 0.99, 4 * 1.01);
        Assert.Equal(Text(Hour.AddHours(2)), data.GetProperty("from").GetString());
        var previous = data.GetProperty("previous");
        Assert.Equal(4_003, previous.GetProperty("total_duration_ms").GetDouble());
        Assert.Equal(Text(Hour), previous.GetProperty("from").GetString());
    }

    [Fact]
    public async Task Trend_of_a_job_has_a_point_for_each_step()
    {
        await CreateAsync("trending", "ok");
        _recorded.Save(Figures("trending", RollupSpan.Hour, Hour.AddHours(1), [5_000]));
        _recorded.Save(Figures("trending", RollupSpan.Hour, Hour.AddHours(-2), [7_000, 9_000]));

        var (from, to) = (Text(Hour), Text(Hour.AddHours(3)));
        var data = await GetAsync($"/jobs/trending/trend?from={from}&to={to}&step=1h&compare=previous");

        Assert.Equal("1h", data.GetProperty("step").GetString());
        var series = Assert.Single(data.GetProperty("series").EnumerateArray().ToArray());
        Assert.Equal([0, 1, 0], series.GetProperty("points").EnumerateArray().Select(static p => Long(p, "success_count")));
        Assert.Equal([0, 2, 0], series.GetProperty("previous").EnumerateArray().Select(static p => Long(p, "success_count")));
        Assert.Equal(5, series.GetProperty("points")[1].GetProperty("p95_duration_ms").GetDouble());
    }

    [Theory]
    [InlineData("category", "billing|reports")]
    [InlineData("queue", "default|slow")]
    [InlineData("outcome", "succeeded|failed|timed_out|cancelled|skipped|misfired|lost")]
    public async Task Trend_of_all_jobs_has_a_series_for_each_key(string by, string keys)
    {
        var hour = Hour.AddDays(-10);
        _recorded.Save(Figures("one", RollupSpan.Hour, hour, [1_000]) with { Category = "billing" });
        _recorded.Save(Figures("two", RollupSpan.Hour, hour, [1_000, 3_000]) with { Category = "reports", Queue = "slow" });

        var data = await GetAsync($"/trend?by={by}&from={Text(hour)}&to={Text(hour.AddHours(2))}&step=1h");

        var series = data.GetProperty("series").EnumerateArray().ToArray();
        Assert.Equal(keys.Split('|'), series.Select(static s => s.GetProperty("key").GetString()));
        Assert.Equal(3, series.Sum(static s => s.GetProperty("points").EnumerateArray().Sum(static p => Long(p, "count"))));
    }

    [Fact]
    public async Task Heat_map_shows_failures_by_category_and_hour_with_the_jobs()
    {
        var hour = RollupSpan.Hour.Floor(TimeProvider.System.Now()).AddHours(-5);
        _recorded.Save(Failing("sick", hour, "heat", runs: 8, failures: 2));
        _recorded.Save(Failing("worse", hour, "heat", runs: 2, failures: 2));
        _recorded.Save(Failing("fine", hour, "heat", runs: 10, failures: 0));

        var line = await GetAsync("/heatmap?range=12h");
        var clock = await GetAsync("/heatmap?range=12h&axis=clock&measure=count&tz=Asia/Tokyo");

        var row = line.GetProperty("rows").EnumerateArray().Single(static r => r.GetProperty("category").GetString() == "heat");
        var column = line.GetProperty("columns").EnumerateArray().Select(static c => c.GetString()).ToList().IndexOf(Text(hour));
        var cell = row.GetProperty("cells")[column];
        Assert.Equal((20, 4, 0.2), (Long(cell, "runs"), Long(cell, "failures"), cell.GetProperty("value").GetDouble()));
        Assert.Equal(
            ["sick", "worse"],
            cell.GetProperty("failing_jobs").EnumerateArray().Select(static j => j.GetProperty("job_id").GetString()));
        var tokyo = (hour.Hour + 9) % 24;
        row = clock.GetProperty("rows").EnumerateArray().Single(static r => r.GetProperty("category").GetString() == "heat");
        Assert.Equal(24, row.GetProperty("cells").GetArrayLength());
        Assert.Equal(4, row.GetProperty("cells")[tokyo].GetProperty("value").GetDouble());
    }

    [Theory]
    [InlineData("/jobs/nobody/statistics", HttpStatusCode.NotFound)]
    [InlineData("/jobs/nobody/books", HttpStatusCode.NotFound)]
    [InlineData("/jobs/nobody/trend", HttpStatusCode.NotFound)]
    [InlineData("/trend?from=yesterday", HttpStatusCode.BadRequest)]
    [InlineData("/trend?from=2026-11-22T10:00:00Z&to=2026-11-21T10:00:00Z", HttpStatusCode.BadRequest)]
    [InlineData("/trend?from=0001-01-01T00:00:00Z", HttpStatusCode.BadRequest)]
    [InlineData("/trend?to=9999-12-31T23:59:59Z", HttpStatusCode.BadRequest)]
    [InlineData("/trend?from=2010-01-01T00:00:00Z", HttpStatusCode.BadRequest)]
    [InlineData("/trend?step=1s", HttpStatusCode.BadRequest)]
    [InlineData("/trend?step=90s", HttpStatusCode.BadRequest)]
    [InlineData("/trend?step=1m", HttpStatusCode.BadRequest)]
    [InlineData("/trend?from=2026-01-01T00:00:00Z&step=1h", HttpStatusCode.BadRequest)]
    [InlineData("/trend?by=weather", HttpStatusCode.BadRequest)]
    [InlineData("/trend?compare=next", HttpStatusCode.BadRequest)]
    [InlineData("/heatmap?range=1m", HttpStatusCode.BadRequest)]
    [InlineData("/heatmap?range=32d", HttpStatusCode.BadRequest)]
    [InlineData("/heatmap?tz=Mars/Olympus", HttpStatusCode.BadRequest)]
    [InlineData("/heatmap?axis=z", HttpStatusCode.BadRequest)]
    public async Task Question_that_cannot_be_answered_is_refused(string path, HttpStatusCode expected)
    {
        await _host.ProblemAsync(HttpMethod.Get, Api + path, null, expected);
    }

    private static Rollup Figures(string jobId, RollupSpan span, DateTimeOffset start, long[] durations)
    {
        var history = new JobHistory(jobId, 0, "unknown", 10);
        var no = 0L;
        foreach (var duration in durations)
        {
            var key = new AttemptKey(jobId, start.AddSeconds(no), 1);
            var attempt = new Attempt { Key = key, Shard = 0, DueAt = key.ScheduledAt, StartedAt = key.ScheduledAt };
            var result = new AttemptResult { Outcome = Outcome.Succeeded, Final = true, DurationMicroseconds = duration };
            history.Fold(new ShardEvent(default, ++no, start, new PlanAttempt(attempt)));
            history.Fold(new ShardEvent(default, ++no, start, new FinishAttempt(key, result, HadStarted: true)));
        }

        return history.UnsavedRollups("default").Single(rollup => rollup.Span == span);
    }

    private static Rollup Failing(string jobId, DateTimeOffset hour, string category, long runs, long failures)
    {
        var ended = new OutcomeCounts { Succeeded = runs - failures, Failed = failures };
        return Figures(jobId, RollupSpan.Hour, hour, [1]) with { Category = category, Ended = ended };
    }

    private static string Job(string id, string jobClass)
    {
        return JsonSerializer.Serialize(new { id, run = new { type = "class", @class = jobClass } });
    }

    private static string Text(DateTimeOffset instant)
    {
        return InstantText.Format(instant);
    }

    private static long Long(JsonElement data, string name)
    {
        return data.GetProperty(name).GetInt64();
    }

    private Task<JsonElement> GetAsync(string path)
    {
        return _host.DataAsync(HttpMethod.Get, Api + path);
    }

    private Task<JsonElement> CreateAsync(string id, string jobClass)
    {
        return _host.DataAsync(HttpMethod.Post, $"{Api}/jobs", Job(id, jobClass), HttpStatusCode.Created);
    }

    private async Task RunAsync(string id, string jobClass)
    {
        if ((await _host.Client.GetAsync(new Uri($"{Api}/jobs/{id}", UriKind.Relative))).StatusCode == HttpStatusCode.NotFound)
        {
            await CreateAsync(id, jobClass);
        }
        else
        {
            await _host.DataAsync(HttpMethod.Put, $"{Api}/jobs/{id}", Job(id, jobClass));
        }

        var runs = Long((await GetAsync($"/jobs/{id}")).GetProperty("metrics"), "total_runs");
        await _host.DataAsync(HttpMethod.Post, $"{Api}/jobs/{id}/trigger", "{}", HttpStatusCode.Accepted);
        await Eventually.BeAsync(
            $"{id} has run", async () => Long((await GetAsync($"/jobs/{id}")).GetProperty("metrics"), "total_runs") > runs);
    }
}
