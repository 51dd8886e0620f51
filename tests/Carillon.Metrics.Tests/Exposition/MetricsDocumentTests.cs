using System.Globalization;
using System.Text.Json;
using Carillon.Model;
using Carillon.Testing;

namespace Carillon.Metrics.Tests;

public sealed class MetricsDocumentTests
{
    private static readonly string[] JobFields =
    [
        "job_id", "job_name", "owner", "category", "success_count", "failure_count", "total_runs", "success_rate",
        "retry_count", "last_duration_ms", "avg_duration_ms", "total_duration_ms", "p50_duration_ms", "p95_duration_ms",
        "p99_duration_ms", "min_duration_ms", "max_duration_ms", "sample_count", "last_status", "last_timestamp",
        "last_error", "consecutive_failures", "running", "next_run_at",
    ];

    [Fact]
    public void Document_has_exactly_the_fields_of_the_contract()
    {
        var facts = new Facts();
        facts.Save("a");
        var document = Render(Parts.Snapshot(facts));

        Assert.Equal(
            ["total", "summary", "metrics", "notification_channels", "completeness"],
            Names(document),
            StringComparer.Ordinal);
        Assert.Equal(JobFields, Names(document.GetProperty("metrics")[0]), StringComparer.Ordinal);
        Assert.Equal(
            [
                "uptime_seconds", "total_executions", "successful_executions", "failed_executions", "success_rate",
                "total_duration", "average_duration", "executions_per_second",
            ],
            Names(document.GetProperty("summary")),
            StringComparer.Ordinal);
        var completeness = document.GetProperty("completeness");
        Assert.Equal(["shards_known", "shards_total", "nodes"], Names(completeness), StringComparer.Ordinal);
        Assert.Equal(
            ["node", "state", "age_seconds"], Names(completeness.GetProperty("nodes")[0]), StringComparer.Ordinal);
        Assert.Equal(0, document.GetProperty("notification_channels").GetArrayLength());
    }

    [Fact]
    public void Notification_channel_has_exactly_the_fields_of_the_contract()
    {
        var channel = JsonSerializer.SerializeToElement(
            new NotificationMetrics
            {
                Channel = "ops",
                SuccessCount = 1,
                FailureCount = 0,
                AvgDurationMs = 1,
                P95DurationMs = 1,
                LastTimestamp = null,
            },
            MetricsDocument.JsonOptions);

        Assert.Equal(
            ["channel", "success_count", "failure_count", "avg_duration_ms", "p95_duration_ms", "last_timestamp"],
            Names(channel),
            StringComparer.Ordinal);
    }

    [Fact]
    public void Job_without_runs_has_no_rate_zero_percentiles_and_null_for_what_was_last()
    {
        var facts = new Facts();
        facts.Save("a", category: null, owner: null);
        var document = Render(Parts.Snapshot(facts));
        var job = document.GetProperty("metrics")[0];

        string[] missing =
            ["owner", "category", "success_rate", "last_status", "last_timestamp", "last_error", "next_run_at"];
        foreach (var field in missing)
        {
            Assert.Equal(JsonValueKind.Null, job.GetProperty(field).ValueKind);
        }

        foreach (var field in JobFields.Where(static f => f.EndsWith("_ms", StringComparison.Ordinal)))
        {
            Assert.Equal(0.0, job.GetProperty(field).GetDouble());
        }

        Assert.Equal(JsonValueKind.Null, document.GetProperty("summary").GetProperty("success_rate").ValueKind);
        Assert.Equal(0.0, document.GetProperty("summary").GetProperty("average_duration").GetDouble());
    }

    [Fact]
    public void Job_with_runs_is_told_in_milliseconds_and_rfc_3339()
    {
        var facts = new Facts();
        facts.Save("a", name: "Nightly");
        facts.Run("a", 0, Outcome.Succeeded, 1_500);
        facts.Finish(facts.Begin("a", 1), Outcome.Failed, 500, final: false);
        facts.Finish(facts.Begin("a", 1, attempt: 2), Outcome.TimedOut, 2_000_001, error: "too slow");
        facts.Begin("a", 2);
        var document = Render(Parts.Snapshot(facts));
        var job = document.GetProperty("metrics")[0];

        Assert.Equal("Nightly", job.GetProperty("job_name").GetString());
        Assert.Equal(2, job.GetProperty("total_runs").GetInt64());
        Assert.Equal(0.5, job.GetProperty("success_rate").GetDouble());
        Assert.Equal(1, job.GetProperty("retry_count").GetInt64());
        Assert.Equal("2000.001", job.GetProperty("last_duration_ms").GetRawText());
        Assert.Equal("2002.001", job.GetProperty("total_duration_ms").GetRawText());
        Assert.Equal(2002.001 / 3, job.GetProperty("avg_duration_ms").GetDouble(), 9);
        Assert.Equal("0.5", job.GetProperty("min_duration_ms").GetRawText());
        Assert.Equal("1.5", job.GetProperty("p50_duration_ms").GetRawText());
        Assert.Equal(3, job.GetProperty("sample_count").GetInt32());
        Assert.Equal("timed_out", job.GetProperty("last_status").GetString());
        Assert.Equal("too slow", job.GetProperty("last_error").GetString());
        Assert.Equal("2026-01-15T10:00:07Z", job.GetProperty("last_timestamp").GetString());
        Assert.Equal(1, job.GetProperty("consecutive_failures").GetInt64());
        Assert.Equal(1, job.GetProperty("running").GetInt64());
        Assert.Equal(2.002001, document.GetProperty("summary").GetProperty("total_duration").GetDouble(), 12);
        Assert.Equal(0.02, document.GetProperty("summary").GetProperty("executions_per_second").GetDouble(), 12);
    }

    [Theory]
    [InlineData(Outcome.Succeeded, "success")]
    [InlineData(Outcome.Failed, "failure")]
    [InlineData(Outcome.TimedOut, "timed_out")]
    [InlineData(Outcome.Cancelled, "cancelled")]
    [InlineData(Outcome.Lost, "lost")]
    public void Last_status_is_success_failure_or_the_word_of_the_outcome(Outcome outcome, string expected)
    {
        var facts = new Facts();
        facts.Save("a");
        facts.Run("a", 0, outcome, 1);

        var job = Render(Parts.Snapshot(facts)).GetProperty("metrics")[0];
        Assert.Equal(expected, job.GetProperty("last_status").GetString());
    }

    [Fact]
    public void Document_and_page_tell_the_same_figures()
    {
        var random = new RandomFacts(11, ["a", "b", "c"]) { ChangesJobs = true };
        for (var i = 0; i < 600; i++)
        {
            random.Step();
        }

        var snapshot = Parts.Snapshot(random.Facts);
        var page = ExpositionPage.ParseText(Parts.Render(snapshot));
        var document = Render(snapshot);
        var compared = 0;
        foreach (var job in document.GetProperty("metrics").EnumerateArray())
        {
            var id = job.GetProperty("job_id").GetString()!;
            foreach (var (field, series) in SameFigures)
            {
                if (page.Find(series, ("job_id", id)) is { } sample)
                {
                    var shown = double.Parse(sample.Text, CultureInfo.InvariantCulture);
                    Assert.Equal(shown, job.GetProperty(field).GetDouble());
                    compared++;
                }
            }
        }

        Assert.True(compared >= SameFigures.Length);
        var summary = document.GetProperty("summary");
        Assert.Equal(
            page.Value("scheduler_executions_total", ("status", "success")),
            summary.GetProperty("successful_executions").GetDouble());
        Assert.Equal(
            page.Value("scheduler_executions_total", ("status", "failure")),
            summary.GetProperty("failed_executions").GetDouble());
        Assert.Equal(page.Value("scheduler_uptime_seconds"), summary.GetProperty("uptime_seconds").GetDouble());
    }

    private static readonly (string Field, string Series)[] SameFigures =
    [
        ("success_count", "scheduler_job_success_total"),
        ("failure_count", "scheduler_job_failure_total"),
        ("retry_count", "scheduler_job_retries_total"),
        ("running", "scheduler_job_running"),
        ("last_duration_ms", "scheduler_job_last_duration_ms"),
        ("avg_duration_ms", "scheduler_job_duration_avg_ms"),
        ("p50_duration_ms", "scheduler_job_duration_p50_ms"),
        ("p95_duration_ms", "scheduler_job_duration_p95_ms"),
        ("p99_duration_ms", "scheduler_job_duration_p99_ms"),
        ("min_duration_ms", "scheduler_job_duration_min_ms"),
        ("max_duration_ms", "scheduler_job_duration_max_ms"),
    ];

    private static JsonElement Render(ClusterSnapshot snapshot)
    {
        return JsonSerializer.SerializeToElement(MetricsDocument.Of(snapshot), MetricsDocument.JsonOptions);
    }

    private static IEnumerable<string> Names(JsonElement element)
    {
        return element.EnumerateObject().Select(static property => property.Name);
    }
}
