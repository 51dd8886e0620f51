namespace Carillon.Metrics.Tests;

/// <summary>What a StatsD server makes of the packets that are sent to it.</summary>
public sealed class StatsdExportTests
{
    [Fact]
    public async Task Counters_over_a_restart_add_up_to_what_was_counted_after_each_first_reading()
    {
        using var server = new StatsdServer(hasTags: false);
        var facts = new Facts();
        facts.Save("report");
        Readings.Run(facts, "report", succeeded: 3);
        using (var before = Exporter(server))
        {
            await SendAsync(before, server, Readings.Of(facts));
            Readings.Run(facts, "report", succeeded: 4, failed: 2);
            await SendAsync(before, server, Readings.Of(facts));
            await SendAsync(before, server, Readings.Of(facts));
        }

        using var after = Exporter(server);
        await SendAsync(after, server, Readings.Of(facts, epoch: 2));
        Readings.Run(facts, "report", succeeded: 5);
        await SendAsync(after, server, Readings.Of(facts, epoch: 2));

        Assert.Equal(9, server.Counters["c.job.report.success"]);
        Assert.Equal(2, server.Counters["c.job.report.failure"]);
        Assert.Equal(11, server.Counters["c.job.report.planned"]);
        Assert.Equal(9, server.Counters["c.job.report.occurrences.succeeded"]);
        Assert.Equal(11 * 2_500, server.Counters["c.job.report.duration_us"]);
    }

    [Fact]
    public async Task Shard_that_moves_away_and_back_doubles_nothing()
    {
        using var server = new StatsdServer(hasTags: false);
        using var exporter = Exporter(server);
        var facts = new Facts();
        facts.Save("report");
        await SendAsync(exporter, server, Readings.Of(facts));
        Readings.Run(facts, "report", succeeded: 2);
        await SendAsync(exporter, server, Readings.Of(facts));
        await SendAsync(exporter, server, Readings.Of([]));
        Readings.Run(facts, "report", succeeded: 10);
        await SendAsync(exporter, server, Readings.Of(facts, epoch: 3));
        Readings.Run(facts, "report", succeeded: 1);
        await SendAsync(exporter, server, Readings.Of(facts, epoch: 3));

        Assert.Equal(3, server.Counters["c.job.report.success"]);
    }

    [Fact]
    public async Task New_job_and_reset_statistics_count_from_zero()
    {
        using var server = new StatsdServer(hasTags: false);
        using var exporter = Exporter(server);
        var facts = new Facts();
        facts.Save("old");
        Readings.Run(facts, "old", succeeded: 5);
        await SendAsync(exporter, server, Readings.Of(facts));
        facts.Save("new");
        Readings.Run(facts, "new", succeeded: 4);
        await SendAsync(exporter, server, Readings.Of(facts));
        var reset = new Facts();
        reset.Save("old");
        Readings.Run(reset, "old", succeeded: 6);
        await SendAsync(exporter, server, Readings.Of(reset, generation: 1));

        Assert.Equal(4, server.Counters["c.job.new.success"]);
        Assert.Equal(6, server.Counters["c.job.old.success"]);
    }

    [Fact]
    public async Task Gauges_are_absolute_also_below_zero()
    {
        using var server = new StatsdServer(hasTags: false);
        using var exporter = Exporter(server);
        var facts = new Facts();
        facts.Save("report");
        Readings.Run(facts, "report", succeeded: 1);
        facts.Begin("report", facts.All.Length);

        await SendAsync(exporter, server, Readings.Of(facts));
        await SendAsync(exporter, server, Readings.Of(facts));

        Assert.Equal(1, server.Gauges["c.job.report.running"]);
        Assert.Equal(2.5, server.Gauges["c.job.report.duration_p95_ms"]);
        Assert.Equal(7, server.Gauges["c.queue.default.length"]);
        Assert.Equal(-0.25, server.Gauges["c.node.n_1.clock_skew_seconds"], 9);
    }

    [Fact]
    public async Task Tags_of_DogStatsD_carry_labels_without_what_would_end_them()
    {
        using var server = new StatsdServer(hasTags: true);
        using var exporter = MetricsExporter.Statsd(
            "127.0.0.1", server.Port, StatsdFormat.Dogstatsd, "c", [KeyValuePair.Create("env", "test")]);
        var facts = new Facts();
        facts.Save("a.b:c", category: null, owner: "x|y", name: "Täglich, #1 @\n home");
        await SendAsync(exporter, server, Readings.Of(facts));
        Readings.Run(facts, "a.b:c", succeeded: 2);
        await SendAsync(exporter, server, Readings.Of(facts));

        const string Tags = "job_id:a.b_c,job_name:Täglich_ _1 __ home,owner:x_y,category:unknown,env:test";
        Assert.Equal(2, server.Counters[$"c.job.success#{Tags}"]);
        Assert.Equal(2, server.Counters[$"c.job.occurrences#{Tags},outcome:succeeded"]);
        Assert.Equal(-0.25, server.Gauges["c.node.clock_skew_seconds#node:n 1,env:test"], 9);
    }

    [Fact]
    public async Task Packets_stay_below_what_a_network_splits()
    {
        using var server = new StatsdServer(hasTags: false);
        using var exporter = Exporter(server);
        var facts = new Facts();
        for (var i = 0; i < 200; i++)
        {
            facts.Save($"job-{i}");
        }

        await SendAsync(exporter, server, Readings.Of(facts));

        Assert.Equal((200 * 2) + 2 + 6, server.Lines);
        Assert.InRange(server.LargestPacket, 1_300, 1_432);
        Assert.InRange(server.Packets, 2, 20);
    }

    private static MetricsExporter Exporter(StatsdServer server)
    {
        return MetricsExporter.Statsd("127.0.0.1", server.Port, StatsdFormat.Statsd, "c", []);
    }

    private static async Task SendAsync(MetricsExporter exporter, StatsdServer server, ExportReading reading)
    {
        Assert.Equal((0, null), await exporter.SendAsync(reading, CancellationToken.None));
        server.Drain();
    }
}
