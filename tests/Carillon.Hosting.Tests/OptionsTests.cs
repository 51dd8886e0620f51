using Carillon.Model;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Carillon.Hosting.Tests;

public sealed class OptionsTests
{
    private static readonly KeyValuePair<string, string?>[] Process =
    [
        KeyValuePair.Create("carillon:jobs:0:id", (string?)"dump"),
        KeyValuePair.Create("carillon:jobs:0:run:type", (string?)"process"),
        KeyValuePair.Create("carillon:jobs:0:run:command", (string?)"pg_dump"),
    ];

    [Theory]
    [InlineData("cluster:shards", "0", "carillon.cluster.shards 0 is out of range: 1 to 4096 is allowed")]
    [InlineData("cluster:shards", "4097", "carillon.cluster.shards 4097 is out of range: 1 to 4096 is allowed")]
    [InlineData("cluster:lease", "00:00:02.9990000", "carillon.cluster.lease 00:00:02.9990000 is out of range: 00:00:03 to 00:05:00 is allowed")]
    [InlineData("cluster:lease", "00:05:00.0000001", "carillon.cluster.lease")]
    [InlineData("cluster:heartbeat", "00:00:00.0990000", "carillon.cluster.heartbeat")]
    [InlineData("cluster:heartbeat", "00:00:02.0010000", "carillon.cluster.heartbeat 00:00:02.0010000 is out of range: 00:00:00.1000000 to 00:00:02 is allowed")]
    [InlineData("workers:slots", "0", "carillon.workers.slots 0 is out of range: 1 to 10000 is allowed")]
    [InlineData("workers:slots", "10001", "carillon.workers.slots")]
    [InlineData("workers:draintimeout", "-00:00:01", "carillon.workers.drain-timeout")]
    [InlineData("workers:draintimeout", "01:00:01", "carillon.workers.drain-timeout")]
    [InlineData("workers:queues:mail:slots", "0", "carillon.workers.queues.mail.slots 0 is out of range: 1 to 10000 is allowed")]
    [InlineData("workers:queues:mail:busythreshold", "0", "carillon.workers.queues.mail.busy-threshold 0 is out of range")]
    [InlineData("metrics:window", "9", "carillon.metrics.window 9 is out of range: 10 to 100000 is allowed")]
    [InlineData("metrics:window", "100001", "carillon.metrics.window")]
    [InlineData("history:retention", "00:59:59", "carillon.history.retention")]
    [InlineData("history:retention", "3653.00:00:01", "carillon.history.retention")]
    [InlineData("history:outputlimit", "-1", "carillon.history.output-limit -1 is out of range: 0 to 1048576 is allowed")]
    [InlineData("history:outputlimit", "1048577", "carillon.history.output-limit")]
    [InlineData("store:slowquery", "00:00:00", "carillon.store.slow-query")]
    [InlineData("store:slowquery", "01:00:01", "carillon.store.slow-query")]
    [InlineData("store:provider", "Postgresql", "carillon.store.connection-string is missing")]
    [InlineData("node:urls", "127.0.0.1:8000", "carillon.node.urls '127.0.0.1:8000' is not a URL to listen on")]
    [InlineData("node:urls", "ftp://127.0.0.1", "carillon.node.urls 'ftp://127.0.0.1' is not a URL to listen on")]
    [InlineData("node:urls", "http://127.0.0.1:8000;http://127.0.0.1:8001", "carillon.node.advertise is missing")]
    [InlineData("node:urls", "http://*:8000", "carillon.node.advertise is missing")]
    [InlineData("node:urls", "http://0.0.0.0:8000", "carillon.node.advertise is missing")]
    [InlineData("node:urls", "http://0.0.0.0:8000", "security.tokens is empty")]
    [InlineData("node:urls", "http://[::]:8000", "carillon.node.advertise is missing")]
    [InlineData("node:advertise", "node-1", "carillon.node.advertise 'node-1' is not a base URL")]
    [InlineData("node:name", "", "carillon.node.name has 0 characters: 1 to 200 are allowed")]
    [InlineData("node:datadir", " ", "carillon.node.data-dir is empty")]
    [InlineData("security:tokens:0:hash", "secret", "security.tokens: the hash of")]
    public void Setting_out_of_bounds_is_named_with_its_value_and_what_is_allowed(string key, string value, string expected)
    {
        var error = Assert.Throws<CarillonOptionsException>(() => Build([KeyValuePair.Create($"carillon:{key}", (string?)value)]));

        Assert.Contains(error.Problems, problem => problem.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("cluster:shards", "1")]
    [InlineData("cluster:shards", "4096")]
    [InlineData("cluster:lease", "00:00:03")]
    [InlineData("cluster:lease", "00:05:00")]
    [InlineData("cluster:heartbeat", "00:00:00.1")]
    [InlineData("cluster:heartbeat", "00:00:02")]
    [InlineData("workers:slots", "10000")]
    [InlineData("workers:draintimeout", "00:00:00")]
    [InlineData("metrics:window", "10")]
    [InlineData("history:retention", "01:00:00")]
    [InlineData("node:urls", "https://localhost:8443")]
    [InlineData("node:name", "a")]
    public void Setting_at_its_bound_is_taken(string key, string value)
    {
        using var host = Build([KeyValuePair.Create($"carillon:{key}", (string?)value)]);

        Assert.NotNull(host);
    }

    [Fact]
    public void Declared_process_is_refused_with_the_line_that_allows_it()
    {
        var error = Assert.Throws<CarillonOptionsException>(() => Build(Process));

        Assert.Equal(
            "carillon.jobs 'dump': run.type 'process' is refused while security.allow-process is 'off'; "
            + "add to the configuration: carillon.security.allow-process = declared",
            Assert.Single(error.Problems));
    }

    [Theory]
    [InlineData("declared")]
    [InlineData("api")]
    public void Declared_process_is_taken_when_it_is_allowed(string allowed)
    {
        using var host = Build([.. Process, KeyValuePair.Create("carillon:security:allowprocess", (string?)allowed)]);

        Assert.NotNull(host);
    }

    [Fact]
    public void Problems_are_told_all_at_once()
    {
        var error = Assert.Throws<CarillonOptionsException>(() => Build(
            [KeyValuePair.Create("carillon:workers:slots", (string?)"0"), KeyValuePair.Create("carillon:jobs:0:id", (string?)"not an id"), KeyValuePair.Create("carillon:jobs:0:run:type", (string?)"class")],
            static carillon => carillon
                .AddJob<NotingJob>("twice", static job => job.Cron("61 * * * *"))
                .Configure(static options => options.Metrics.Window = 1)));

        Assert.Contains(error.Problems, static p => p.Contains("carillon.workers.slots", StringComparison.Ordinal));
        Assert.Contains(error.Problems, static p => p.Contains("carillon.metrics.window", StringComparison.Ordinal));
        Assert.Contains(error.Problems, static p => p.Contains("'not an id': id", StringComparison.Ordinal));
        Assert.Contains(error.Problems, static p => p.Contains("'not an id': run.class", StringComparison.Ordinal));
        Assert.Contains(error.Problems, static p => p.Contains("'twice'", StringComparison.Ordinal) && p.Contains("61", StringComparison.Ordinal));
        Assert.All(error.Problems, problem => Assert.Contains(problem, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Job_declared_twice_is_a_problem()
    {
        var error = Assert.Throws<CarillonOptionsException>(() => Build(
            [KeyValuePair.Create("carillon:jobs:0:id", (string?)"nightly"), KeyValuePair.Create("carillon:jobs:0:run:type", (string?)"class"), KeyValuePair.Create("carillon:jobs:0:run:class", (string?)"nightly")],
            static carillon => carillon.AddJob<NotingJob>("nightly", static _ => { })));

        Assert.Equal(["carillon.jobs declares 'nightly' 2 times: every job needs an id of its own"], error.Problems);
    }

    [Fact]
    public void Job_declared_in_code_may_name_only_calendars_of_the_settings()
    {
        var error = Assert.Throws<CarillonOptionsException>(() => Build(
            [KeyValuePair.Create("carillon:calendars:holidays:holidays:0", (string?)"12-25")],
            static carillon => carillon
                .AddJob<NotingJob>("right", static job => job.Cron("@daily").Exclude("holidays"))
                .AddJob<NotingJob>("wrong", static job => job.Every(TimeSpan.FromHours(1), EveryFrom.End).Exclude("nights"))));

        Assert.Equal(
            ["carillon.jobs 'wrong': schedule.exclude 'nights' is not a calendar of this node; allowed: holidays."],
            error.Problems);
    }

    private static IHost Build(IEnumerable<KeyValuePair<string, string?>> settings, Action<CarillonBuilder>? declare = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddCarillon("carillon", declare);
        return builder.Build();
    }
}
