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
    [InlineData("cluster:shards", "0", "carillon.cluster.shards is 0, but must be from 1 to 4096")]
    [InlineData("cluster:shards", "4097", "carillon.cluster.shards is 4097, but must be from 1 to 4096")]
    [InlineData("cluster:lease", "00:00:02.9990000", "carillon.cluster.lease is 2999ms, but must be from 3s to 5m")]
    [InlineData("cluster:lease", "00:05:00.0000001", "carillon.cluster.lease")]
    [InlineData("cluster:heartbeat", "00:00:00.0990000", "carillon.cluster.heartbeat")]
    [InlineData("cluster:heartbeat", "00:00:02.0010000", "carillon.cluster.heartbeat is 2001ms, but must be from 100ms to 2s, a third of carillon.cluster.lease")]
    [InlineData("workers:slots", "0", "carillon.workers.slots is 0, but must be from 1 to 10000")]
    [InlineData("workers:slots", "10001", "carillon.workers.slots")]
    [InlineData("workers:draintimeout", "-00:00:01", "carillon.workers.drain-timeout")]
    [InlineData("workers:draintimeout", "01:00:01", "carillon.workers.drain-timeout")]
    [InlineData("workers:queues:mail:slots", "0", "carillon.workers.queues.mail.slots is 0, but must be from 1 to 10000")]
    [InlineData("workers:queues:mail:busythreshold", "0", "carillon.workers.queues.mail.busy-threshold is 0, but must be from 1")]
    [InlineData("metrics:window", "9", "carillon.metrics.window is 9, but must be from 10 to 100000")]
    [InlineData("metrics:window", "100001", "carillon.metrics.window")]
    [InlineData("history:retention", "00:59:59", "carillon.history.retention")]
    [InlineData("history:retention", "3653.00:00:01", "carillon.history.retention")]
    [InlineData("history:outputlimit", "-1", "carillon.history.output-limit is -1, but must be from 0 to 1048576")]
    [InlineData("history:outputlimit", "1048577", "carillon.history.output-limit")]
    [InlineData("store:slowquery", "00:00:00", "carillon.store.slow-query")]
    [InlineData("store:slowquery", "01:00:01", "carillon.store.slow-query")]
    [InlineData("metrics:export:statsd:host", "a b", "carillon.metrics.export.statsd.host is 'a b', which is no host name and no address")]
    [InlineData("metrics:export:statsd:port", "0", "carillon.metrics.export.statsd.port is 0, but must be from 1 to 65535")]
    [InlineData("metrics:export:statsd:prefix", "a b", "carillon.metrics.export.statsd.prefix is 'a b', but must have")]
    [InlineData("metrics:export:statsd:interval", "00:00:00.099", "carillon.metrics.export.statsd.interval is 99ms, but must be from 100ms to 1h")]
    [InlineData("metrics:export:influx:url", "host:8086", "carillon.metrics.export.influx.url is 'host:8086', but must be udp://HOST:PORT")]
    [InlineData("metrics:export:influx:url", "udp://host", "carillon.metrics.export.influx.url is 'udp://host', but must be udp://HOST:PORT")]
    [InlineData("metrics:export:influx:timeout", "00:01:01", "carillon.metrics.export.influx.timeout is 61s, but must be from 10ms to 1m")]
    [InlineData("metrics:export:otlp:endpoint", "host:4318", "carillon.metrics.export.otlp.endpoint is 'host:4318', but must be http://HOST:PORT")]
    [InlineData("metrics:export:otlp:headers:a b", "x", "carillon.metrics.export.otlp.headers.a b is no header")]
    [InlineData("metrics:export:otlp:traceratio", "1.5", "carillon.metrics.export.otlp.trace-ratio is 1.5, but must be from 0 to 1")]
    [InlineData("logging:file:path", " ", "carillon.logging.file.path is empty")]
    [InlineData("logging:file:maxsize", "65535", "carillon.logging.file.max-size is 65535, but must be from 65536 to 68719476736")]
    [InlineData("logging:file:maxfiles", "0", "carillon.logging.file.max-files is 0, but must be from 1 to 1000")]
    [InlineData("cluster:name", "", "carillon.cluster.name has 0 characters, but must have 1 to 200")]
    [InlineData("store:provider", "Postgresql", "carillon.store.connection-string is missing")]
    [InlineData("node:urls", "127.0.0.1:8000", "carillon.node.urls is '127.0.0.1:8000', which is not a URL to listen on")]
    [InlineData("node:urls", "ftp://127.0.0.1", "carillon.node.urls is 'ftp://127.0.0.1', which is not a URL to listen on")]
    [InlineData("node:urls", "http://127.0.0.1:8000;http://127.0.0.1:8001", "carillon.node.advertise is missing")]
    [InlineData("node:urls", "http://*:8000", "carillon.node.advertise is missing")]
    [InlineData("node:urls", "http://0.0.0.0:8000", "carillon.node.advertise is missing")]
    [InlineData("node:urls", "http://0.0.0.0:8000", "security.tokens is empty")]
    [InlineData("node:urls", "http://[::]:8000", "carillon.node.advertise is missing")]
    [InlineData("node:advertise", "node-1", "carillon.node.advertise is 'node-1', which is not a base URL")]
    [InlineData("node:name", "", "carillon.node.name has 0 characters, but must have 1 to 200")]
    [InlineData("node:datadir", " ", "carillon.node.data-dir is empty")]
    [InlineData("security:tokens:0:hash", "secret", "security.tokens: the hash of")]
    public void Setting_out_of_bounds_is_named_with_its_value_and_what_is_allowed(string key, string value, string expected)
    {
        var error = Assert.Throws<CarillonOptionsException>(() => Build([KeyValuePair.Create($"carillon:{key}", (string?)value)]));

        var problem = Assert.Single(error.Problems, problem => problem.Sentence.Contains(expected, StringComparison.Ordinal));
        Assert.StartsWith("carillon.", problem.Key, StringComparison.Ordinal);
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
    [InlineData("metrics:export:influx:url", "udp://127.0.0.1:8089")]
    [InlineData("metrics:export:influx:url", "http://127.0.0.1:8086/api/v2/write?org=o&bucket=b")]
    [InlineData("metrics:export:otlp:traceratio", "0")]
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
            "job 'dump': run.type 'process' is refused while security.allow-process is 'off'; "
            + "add to the configuration: carillon.security.allow-process = declared",
            Assert.Single(error.Problems).Sentence);
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
                .AddJob<NotingJob>("ruled", static job => job.RRule("FREQ=NEVER"))
                .Configure(static options => options.Metrics.Window = 1)));

        Assert.Contains(error.Problems, static p => p.Sentence.Contains("carillon.workers.slots", StringComparison.Ordinal));
        Assert.Contains(error.Problems, static p => p.Sentence.Contains("carillon.metrics.window", StringComparison.Ordinal));
        Assert.Contains(error.Problems, static p => p.Sentence.Contains("'not an id': id", StringComparison.Ordinal));
        Assert.Contains(error.Problems, static p => p.Sentence.Contains("'not an id': run.class", StringComparison.Ordinal));
        Assert.Contains(error.Problems, static p => p.Sentence.Contains("'twice'", StringComparison.Ordinal) && p.Sentence.Contains("61", StringComparison.Ordinal));
        Assert.Contains(error.Problems, static p => p.Sentence.Contains("'ruled'", StringComparison.Ordinal) && p.Sentence.Contains("FREQ 'NEVER'", StringComparison.Ordinal));
        Assert.All(error.Problems, problem => Assert.Contains(problem.Sentence, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Job_declared_twice_is_a_problem()
    {
        var error = Assert.Throws<CarillonOptionsException>(() => Build(
            [KeyValuePair.Create("carillon:jobs:0:id", (string?)"nightly"), KeyValuePair.Create("carillon:jobs:0:run:type", (string?)"class"), KeyValuePair.Create("carillon:jobs:0:run:class", (string?)"nightly")],
            static carillon => carillon.AddJob<NotingJob>("nightly", static _ => { })));

        Assert.Equal([new OptionsProblem("carillon.jobs.1.id", "job 'nightly' is declared twice: every job needs an id of its own")], error.Problems);
    }

    [Theory]
    [InlineData("Hots=127.0.0.1", "carillon.store.connection-string is not what Npgsql reads")]
    [InlineData("Host=127.0.0.1;Port=x", "carillon.store.connection-string is not what Npgsql reads")]
    [InlineData("Username=me;Password=secret", "carillon.store.connection-string names no server")]
    public void Connection_string_that_leads_nowhere_is_a_problem_that_does_not_show_it(string value, string expected)
    {
        var error = Assert.Throws<CarillonOptionsException>(() => Build(
            [KeyValuePair.Create("carillon:store:provider", (string?)"Postgresql"), KeyValuePair.Create("carillon:store:connectionstring", (string?)value)]));

        var problem = Assert.Single(error.Problems);
        Assert.Contains(expected, problem.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Schema_that_is_no_identifier_is_a_problem()
    {
        var error = Assert.Throws<CarillonOptionsException>(() => Build(
            [
                KeyValuePair.Create("carillon:store:provider", (string?)"Postgresql"),
                KeyValuePair.Create("carillon:store:connectionstring", (string?)"Host=127.0.0.1"),
                KeyValuePair.Create("carillon:store:schema", (string?)"a;b"),
            ]));

        Assert.Equal(
            "carillon.store.schema is 'a;b', but must be 1 to 63 of a-z, 0-9 and _, not beginning with a digit",
            Assert.Single(error.Problems).Sentence);
    }

    [Fact]
    public void Class_that_nobody_registers_is_a_problem_of_a_node_that_is_alone()
    {
        KeyValuePair<string, string?>[] job =
        [
            KeyValuePair.Create("carillon:jobs:0:id", (string?)"nightly"),
            KeyValuePair.Create("carillon:jobs:0:run:type", (string?)"class"),
            KeyValuePair.Create("carillon:jobs:0:run:class", (string?)"nigthly"),
        ];
        var error = Assert.Throws<CarillonOptionsException>(() => Build(job, static carillon => carillon.AddJob<NotingJob>("nightly-code", static _ => { })));
        Assert.Equal(
            [new OptionsProblem(
                "carillon.jobs.0.run.class",
                "job 'nightly': run.class 'nigthly' is not a registered class: did you mean 'nightly-code'? Registered are nightly-code")],
            error.Problems);

        using var cluster = Build(
            [.. job, KeyValuePair.Create("carillon:store:provider", (string?)"Postgresql"), KeyValuePair.Create("carillon:store:connectionstring", (string?)"Host=127.0.0.1")]);
        Assert.NotNull(cluster);
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
            [new OptionsProblem("carillon.jobs.1.schedule.exclude", "job 'wrong': schedule.exclude 'nights' is not a calendar of this node; allowed: holidays.")],
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
