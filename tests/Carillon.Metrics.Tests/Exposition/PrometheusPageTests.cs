using System.Globalization;
using System.Text;
using Carillon.Cluster;
using Carillon.Model;
using Carillon.Testing;

namespace Carillon.Metrics.Tests;

public sealed class PrometheusPageTests
{
    [Fact]
    public void Page_over_random_histories_is_strictly_legal_and_has_every_family_once()
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var random = new RandomFacts(seed, ["a", "b", "c", "d"]) { ChangesJobs = true };
            for (var i = 0; i < 500; i++)
            {
                random.Step();
            }

            var page = ExpositionPage.ParseText(Parts.Render(Parts.Snapshot(random.Facts)));

            Assert.Equal(Families, page.Families.Select(static f => (f.Key, f.Value.Type)).Order());
        }
    }

    [Fact]
    public void Page_of_a_job_has_exactly_these_lines()
    {
        var facts = new Facts();
        facts.Save("nightly", "billing", "ops", "Nightly report");
        facts.Run("nightly", 0, Outcome.Succeeded, 1_500);
        facts.Run("nightly", 1, Outcome.Failed, 2_000_001);
        facts.NotRun("nightly", 2, 4, 3);

        var lines = Parts.Render(Parts.Snapshot(facts)).Split('\n')
            .Where(static line => line.StartsWith("scheduler_job_", StringComparison.Ordinal))
            .Select(static line => line.Replace(Labels, "", StringComparison.Ordinal));

        Assert.Equal(ExpectedJobLines, lines, StringComparer.Ordinal);
    }

    [Fact]
    public void Job_before_its_first_run_has_its_counters_at_zero_and_no_gauges_of_runs()
    {
        var facts = new Facts();
        facts.Save("a");
        var page = ExpositionPage.ParseText(Parts.Render(Parts.Snapshot(facts)));

        var ofJobs = page.Families.Values
            .Where(static family => family.Name.StartsWith("scheduler_job_", StringComparison.Ordinal));
        foreach (var family in ofJobs)
        {
            if (family.Type is "gauge" && family.Name is not ("scheduler_job_open" or "scheduler_job_running"))
            {
                Assert.Empty(family.Samples);
            }
            else
            {
                Assert.All(family.Samples, static sample => Assert.Equal("0", sample.Text));
                Assert.NotEmpty(family.Samples);
            }
        }

        Assert.Equal(7, page.Families["scheduler_job_occurrences_total"].Samples.Count);
        Assert.Equal(3, page.Families["scheduler_executions_total"].Samples.Count);
        Assert.Equal(6 * 22, page.Families["scheduler_start_lag_seconds"].Samples.Count);
    }

    [Fact]
    public void Next_run_is_shown_before_the_first_run()
    {
        var recovery = new ShardRecovery { Term = new ShardTerm(0, 1) };
        var history = new ShardHistory(recovery, new HistoryOptions(), Facts.Start);
        var facts = new Facts();
        facts.Save("a");
        history.Fold(facts.All, facts.Now);
        history.SetNextRun("a", DateTimeOffset.UnixEpoch.AddMicroseconds(1_700_000_000_250_000));

        var page = ExpositionPage.ParseText(Parts.Render(ClusterSnapshot.Merge([history.Part()], Parts.Cluster())));

        Assert.Equal("1700000000.25", page.Find("scheduler_job_next_run_timestamp_seconds")!.Text);
    }

    [Fact]
    public void Missing_owner_and_category_are_unknown()
    {
        var facts = new Facts();
        facts.Save("a", category: null, owner: "");
        var page = ExpositionPage.ParseText(Parts.Render(Parts.Snapshot(facts)));

        Assert.Equal(0, page.Value(
            "scheduler_job_success_total",
            ("job_id", "a"), ("job_name", "a"), ("owner", "unknown"), ("category", "unknown")));
    }

    [Fact]
    public void Hostile_label_values_come_back_as_they_were()
    {
        const string Name = "a\\n \"quoted\"\nline {le=\"1\"} 計算 🎉\0";
        var facts = new Facts();
        facts.Save("a", name: Name, owner: "x\ud800y");
        var page = ExpositionPage.ParseText(Parts.Render(Parts.Snapshot(facts)));

        Assert.Equal(0, page.Value("scheduler_job_success_total", ("job_name", Name), ("owner", "x\ufffdy")));
    }

    [Theory]
    [InlineData("de-DE", ",", ".", "-")]
    [InlineData("tr-TR", ",", ".", "-")]
    [InlineData("ar-SA", "٫", "٬", "\u061c-")]
    public void Culture_of_the_process_does_not_change_a_byte(
        string name, string point, string group, string minus)
    {
        var random = new RandomFacts(4, ["I", "i"]);
        for (var i = 0; i < 200; i++)
        {
            random.Step();
        }

        var snapshot = Parts.Snapshot(random.Facts);
        var expected = Parts.Render(snapshot);
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Foreign(point, group, minus);
            Assert.Contains(point, (-1.5).ToString(CultureInfo.CurrentCulture), StringComparison.Ordinal);
            Assert.True(string.Equals(expected, Parts.Render(snapshot), StringComparison.Ordinal), name);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Renamed_job_has_its_new_labels_on_the_next_page_and_a_deleted_one_none()
    {
        var page = new PrometheusPage();
        var facts = new Facts();
        facts.Save("a", name: "old");
        facts.Save("b");
        Assert.Contains("job_name=\"old\"", Parts.Render(Parts.Snapshot(facts), page), StringComparison.Ordinal);

        facts.Save("a", name: "new");
        facts.Delete("b");
        var text = Parts.Render(Parts.Snapshot(facts), page);

        Assert.Contains("job_name=\"new\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("job_name=\"old\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("job_id=\"b\"", text, StringComparison.Ordinal);
        Assert.Equal(text, Parts.Render(Parts.Snapshot(facts), page));
    }

    [Fact]
    public void Page_of_many_jobs_spans_chunks_and_stays_legal()
    {
        var facts = new Facts();
        for (var i = 0; i < 600; i++)
        {
            facts.Save($"job-{i:D4}");
            facts.Run($"job-{i:D4}", i, Outcome.Succeeded, 1_000_000 + i);
        }

        var snapshot = Parts.Snapshot(facts);
        using var buffer = new PrometheusPage().Render(snapshot);
        Assert.True(buffer.Chunks.Count() > 1);
        Assert.Equal(buffer.Chunks.Sum(static chunk => (long)chunk.Length), buffer.Length);

        var page = ExpositionPage.ParseText(Parts.Render(snapshot));
        Assert.Equal(600, page.Families["scheduler_job_success_total"].Samples.Count);
        Assert.Equal(600, page.Value("scheduler_executions_total", ("status", "success")));
    }

    [Fact]
    public async Task Page_is_copied_to_a_stream_byte_for_byte()
    {
        var facts = new Facts();
        facts.Save("a", name: "計算");
        var snapshot = Parts.Snapshot(facts);
        using var buffer = new PrometheusPage().Render(snapshot);
        using var stream = new MemoryStream();
        await buffer.CopyToAsync(stream, CancellationToken.None);

        Assert.Equal(Parts.Render(snapshot), Encoding.UTF8.GetString(stream.ToArray()));
    }

    [Fact]
    public void Cluster_families_tell_what_the_facts_say()
    {
        var cluster = Parts.Cluster(shards: 4) with
        {
            ShardsOwned = 3,
            Uptime = TimeSpan.FromMicroseconds(1_000_001),
            Nodes =
            [
                new NodeFacts
                {
                    Name = "n1",
                    Age = TimeSpan.FromMilliseconds(250),
                    ActiveSlots = 3,
                    IdleSlots = 29,
                    ClockSkew = TimeSpan.FromMicroseconds(-1_500),
                    LeaseHeadroom = TimeSpan.FromSeconds(4.5),
                },
                Parts.Node("n2", NodeStatus.Leaving),
                Parts.Node("n3", NodeStatus.Dead),
            ],
            Queues = [new QueueFacts("default", 7, TimeSpan.FromMilliseconds(1_250))],
        };
        var series = ClusterSeries.Merge(
            [new ShardSeriesPart { Term = new ShardTerm(0, 1), Takeovers = [new NamedCount("lease", 3)], FencedWrites = 2 }]);
        var page = ExpositionPage.ParseText(Parts.Render(ClusterSnapshot.Merge([], cluster, series)));

        Assert.Equal("1.000001", page.Find("scheduler_uptime_seconds")!.Text);
        Assert.Equal(1, page.Value("scheduler_cluster_shards", ("state", "unowned")));
        Assert.Equal(2, page.Value("scheduler_cluster_fenced_writes_total"));
        Assert.Equal(0, page.Value("scheduler_cluster_takeovers_total", ("reason", "crash")));
        Assert.Equal(3, page.Value("scheduler_cluster_takeovers_total", ("reason", "lease")));
        Assert.Equal(0, page.Value("scheduler_metrics_dropped_total", ("reason", "label_sets")));
        Assert.Equal(7, page.Value("scheduler_queue_length", ("queue", "default")));
        Assert.Equal("1.25", page.Find("scheduler_queue_oldest_seconds", ("queue", "default"))!.Text);
        Assert.Equal(3, page.Value("scheduler_workers_active", ("node", "n1")));
        Assert.Equal(29, page.Value("scheduler_workers_idle", ("node", "n1")));
        Assert.Equal("-0.0015", page.Find("scheduler_cluster_clock_skew_seconds", ("node", "n1"))!.Text);
        Assert.Equal("4.5", page.Find("scheduler_cluster_lease_headroom_seconds", ("node", "n1"))!.Text);
        Assert.Equal("0.25", page.Find("scheduler_cluster_view_age_seconds", ("node", "n1"))!.Text);
        Assert.Null(page.Find("scheduler_cluster_clock_skew_seconds", ("node", "n2")));
        Assert.Equal(1, page.Value("scheduler_cluster_nodes", ("state", "dead")));
        Assert.Null(page.Find("scheduler_workers_idle", ("node", "n3")));
        Assert.Equal(1, page.Value("scheduler_build_info", ("version", "1.2.3")));
    }

    private const string Labels = "job_id=\"nightly\",job_name=\"Nightly report\",owner=\"ops\",category=\"billing\"";

    private static readonly string[] ExpectedJobLines =
    [
        "scheduler_job_success_total{} 1",
        "scheduler_job_failure_total{} 1",
        "scheduler_job_retries_total{} 0",
        "scheduler_job_planned_total{} 5",
        "scheduler_job_open{} 0",
        "scheduler_job_running{} 0",
        "scheduler_job_last_duration_ms{} 2000.001",
        "scheduler_job_last_run_timestamp{} 1768471205",
        "scheduler_job_duration_avg_ms{} 1000.7505",
        "scheduler_job_duration_p50_ms{} 1000.7505",
        "scheduler_job_duration_p95_ms{} 1900.07595",
        "scheduler_job_duration_p99_ms{} 1980.01599",
        "scheduler_job_duration_min_ms{} 1.5",
        "scheduler_job_duration_max_ms{} 2000.001",
        "scheduler_job_last_success_timestamp_seconds{} 1768471203",
        "scheduler_job_occurrences_total{,outcome=\"succeeded\"} 1",
        "scheduler_job_occurrences_total{,outcome=\"failed\"} 1",
        "scheduler_job_occurrences_total{,outcome=\"timed_out\"} 0",
        "scheduler_job_occurrences_total{,outcome=\"cancelled\"} 0",
        "scheduler_job_occurrences_total{,outcome=\"skipped\"} 3",
        "scheduler_job_occurrences_total{,outcome=\"misfired\"} 0",
        "scheduler_job_occurrences_total{,outcome=\"lost\"} 0",
        "scheduler_job_duration_seconds_bucket{,le=\"0.001\"} 0",
        "scheduler_job_duration_seconds_bucket{,le=\"0.005\"} 1",
        "scheduler_job_duration_seconds_bucket{,le=\"0.01\"} 1",
        "scheduler_job_duration_seconds_bucket{,le=\"0.025\"} 1",
        "scheduler_job_duration_seconds_bucket{,le=\"0.05\"} 1",
        "scheduler_job_duration_seconds_bucket{,le=\"0.1\"} 1",
        "scheduler_job_duration_seconds_bucket{,le=\"0.25\"} 1",
        "scheduler_job_duration_seconds_bucket{,le=\"0.5\"} 1",
        "scheduler_job_duration_seconds_bucket{,le=\"1.0\"} 1",
        "scheduler_job_duration_seconds_bucket{,le=\"2.5\"} 2",
        "scheduler_job_duration_seconds_bucket{,le=\"5.0\"} 2",
        "scheduler_job_duration_seconds_bucket{,le=\"10.0\"} 2",
        "scheduler_job_duration_seconds_bucket{,le=\"30.0\"} 2",
        "scheduler_job_duration_seconds_bucket{,le=\"60.0\"} 2",
        "scheduler_job_duration_seconds_bucket{,le=\"300.0\"} 2",
        "scheduler_job_duration_seconds_bucket{,le=\"900.0\"} 2",
        "scheduler_job_duration_seconds_bucket{,le=\"3600.0\"} 2",
        "scheduler_job_duration_seconds_bucket{,le=\"21600.0\"} 2",
        "scheduler_job_duration_seconds_bucket{,le=\"86400.0\"} 2",
        "scheduler_job_duration_seconds_bucket{,le=\"+Inf\"} 2",
        "scheduler_job_duration_seconds_sum{} 2.001501",
        "scheduler_job_duration_seconds_count{} 2",
    ];

    private static readonly (string, string)[] Families =
    [
        ("scheduler_audit_duplicates_total", "counter"),
        ("scheduler_audit_missed_total", "counter"),
        ("scheduler_build_info", "gauge"),
        ("scheduler_cluster_clock_skew_seconds", "gauge"),
        ("scheduler_cluster_fenced_writes_total", "counter"),
        ("scheduler_cluster_lease_headroom_seconds", "gauge"),
        ("scheduler_cluster_nodes", "gauge"),
        ("scheduler_cluster_shards", "gauge"),
        ("scheduler_cluster_takeovers_total", "counter"),
        ("scheduler_cluster_view_age_seconds", "gauge"),
        ("scheduler_executions_total", "counter"),
        ("scheduler_job_duration_avg_ms", "gauge"),
        ("scheduler_job_duration_max_ms", "gauge"),
        ("scheduler_job_duration_min_ms", "gauge"),
        ("scheduler_job_duration_p50_ms", "gauge"),
        ("scheduler_job_duration_p95_ms", "gauge"),
        ("scheduler_job_duration_p99_ms", "gauge"),
        ("scheduler_job_duration_seconds", "histogram"),
        ("scheduler_job_failure_total", "counter"),
        ("scheduler_job_last_duration_ms", "gauge"),
        ("scheduler_job_last_run_timestamp", "gauge"),
        ("scheduler_job_last_success_timestamp_seconds", "gauge"),
        ("scheduler_job_next_run_timestamp_seconds", "gauge"),
        ("scheduler_job_occurrences_total", "counter"),
        ("scheduler_job_open", "gauge"),
        ("scheduler_job_planned_total", "counter"),
        ("scheduler_job_retries_total", "counter"),
        ("scheduler_job_running", "gauge"),
        ("scheduler_job_success_total", "counter"),
        ("scheduler_metrics_dropped_total", "counter"),
        ("scheduler_metrics_enabled", "gauge"),
        ("scheduler_operation_duration_seconds", "histogram"),
        ("scheduler_operation_failure_total", "counter"),
        ("scheduler_operation_retries_total", "counter"),
        ("scheduler_operation_success_total", "counter"),
        ("scheduler_queue_length", "gauge"),
        ("scheduler_queue_oldest_seconds", "gauge"),
        ("scheduler_start_lag_seconds", "histogram"),
        ("scheduler_uptime_seconds", "gauge"),
        ("scheduler_workers_active", "gauge"),
        ("scheduler_workers_idle", "gauge"),
    ];

    /// <summary>
    /// The build knows no culture but the invariant one, so the habits of another one are put on by hand.
    /// </summary>
    private static CultureInfo Foreign(string point, string group, string minus)
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = point;
        culture.NumberFormat.NumberGroupSeparator = group;
        culture.NumberFormat.NegativeSign = minus;
        return culture;
    }
}
