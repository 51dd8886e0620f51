using Carillon.Node.Hocon;
using Carillon.Node.Tests.Hocon.Options;
using Microsoft.Extensions.Configuration;

namespace Carillon.Node.Tests.Hocon;

/// <summary>From file, environment and command line to bound options.</summary>
public sealed class LayeredConfigTests : IDisposable
{
    private static readonly ConfigSchema Schema = ConfigSchema.For<SampleOptions>("carillon");

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void File_binds_to_options()
    {
        var options = Bind(
            """
            carillon {
              node { name = n1, urls = "http://127.0.0.1:8000", roles = [a, b], port-search = on }
              store { connection-string = "Data Source=x", slow-query = 250ms, output-limit = 64KiB, page-size = 4k }
              queues { my-queue { slots = 4 }, idle {} }
              headers { X-Trace_Id = t }
              jobs = [ { id = j1, time-zone = Europe/Berlin, misfire = run-all, waits = [1s, 1m] }, { id = j2 } ]
              buckets = [0.5, 1]
              holidays { de-by = [2026-12-24, 2026-12-25], none = [] }
            }
            """);

        Assert.Equal("n1", options.Node.Name);
        Assert.Equal(new Uri("http://127.0.0.1:8000"), options.Node.Urls);
        Assert.Equal(["a", "b"], options.Node.Roles, StringComparer.Ordinal);
        Assert.True(options.Node.PortSearch);
        Assert.Equal(TimeSpan.FromMilliseconds(250), options.Store.SlowQuery);
        Assert.Equal((65_536, 4_096), (options.Store.OutputLimit, options.Store.PageSize));
        Assert.Equal((4, 100), (options.Queues["my-queue"].Slots, options.Queues["my-queue"].BusyThreshold));
        Assert.Equal(32, options.Queues["idle"].Slots);
        Assert.Equal("t", options.Headers["X-Trace_Id"]);
        Assert.Equal(["j1", "j2"], options.Jobs!.Select(job => job.Id), StringComparer.Ordinal);
        Assert.Equal(SampleMisfire.RunAll, options.Jobs![0].Misfire);
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)], options.Jobs![0].Waits);
        Assert.Equal([0.5, 1], options.Buckets!);
        Assert.Equal([new DateOnly(2026, 12, 24), new DateOnly(2026, 12, 25)], options.Holidays!["de-by"]);
    }

    [Fact]
    public void Empty_list_binds_as_an_empty_array_and_null_as_the_default()
    {
        var options = Bind("carillon { buckets = [], store { slow-query = null, lease = null } }");

        Assert.Empty(options.Buckets!);
        Assert.Equal(TimeSpan.FromSeconds(1), options.Store.SlowQuery);
        Assert.Null(options.Store.Lease);
    }

    [Fact]
    public void Environment_overrides_the_file_without_regard_to_case_and_underscores()
    {
        var options = Bind(
            "carillon { store { connection-string = file, slow-query = 1s }, queues { default { slots = 1 } } }",
            ("CARILLON__STORE__CONNECTIONSTRING", "env"),
            ("Carillon__Store__Slow_Query", "2 minutes"),
            ("CARILLON__QUEUES__DEFAULT__SLOTS", "7"),
            ("CARILLON__NODE__ROLES__0", "r"),
            ("CARILLON_SERVER", "not an option"),
            ("PATH", "/bin"));

        Assert.Equal("env", options.Store.ConnectionString);
        Assert.Equal(TimeSpan.FromMinutes(2), options.Store.SlowQuery);
        Assert.Equal(7, Assert.Single(options.Queues).Value.Slots);
        Assert.Equal("r", Assert.Single(options.Node.Roles));
    }

    [Fact]
    public void Environment_changes_one_element_of_a_list_in_the_file()
    {
        var options = Bind(
            "carillon { jobs = [ { id = a }, { id = b, time-zone = UTC } ] }",
            ("CARILLON__JOBS__1__TIMEZONE", "Europe/Berlin"));

        Assert.Equal(
            [("a", null), ("b", "Europe/Berlin")], options.Jobs!.Select(job => (job.Id, job.TimeZone)));
    }

    [Fact]
    public void Setting_overrides_the_environment_with_or_without_its_section()
    {
        var options = Bind(
            Read(
                "carillon { node { name = file, roles = [a] } }",
                [("CARILLON__NODE__NAME", "env"), ("CARILLON__STORE__CONNECTIONSTRING", "env")],
                ["node.name=first", "carillon.node.name=last", "node.roles.1=b", "store.connection_string=a=b"]));

        Assert.Equal("last", options.Node.Name);
        Assert.Equal(["a", "b"], options.Node.Roles, StringComparer.Ordinal);
        Assert.Equal("a=b", options.Store.ConnectionString);
    }

    [Theory]
    [InlineData("CARILLON__STORE__LEASE", "soon", "environment variable CARILLON__STORE__LEASE: carillon.store.lease is 'soon', "
        + "but must be a duration such as 500ms, 5s, 2 minutes or 1d")]
    [InlineData("CARILLON__NODE__URLZ", "x", "environment variable CARILLON__NODE__URLZ: carillon.node.urlz is "
        + "not known; did you mean 'urls'?")]
    [InlineData("CARILLON__NODE__ROLES", "x", "environment variable CARILLON__NODE__ROLES: carillon.node.roles is "
        + "a string, but must be a list, each element a string")]
    [InlineData("carillon__node__name", "x",
        "environment variable carillon__node__name: carillon.node.name is also "
        + "given in another spelling, from environment variable CARILLON__NODE__Name")]
    public void Wrong_variable_is_named(string name, string value, string message)
    {
        var config = Read("", [(name, value), ("CARILLON__NODE__Name", "n")], []);

        Assert.Equal(message, Assert.Single(config.Problems).Message);
    }

    [Theory]
    [InlineData("node.urlz=x", "--set node.urlz: carillon.node.urlz is not known; did you mean 'urls'?")]
    [InlineData("store.lease=soon", "--set store.lease: carillon.store.lease is 'soon', but must be a duration such as 500ms, 5s, 2 minutes or 1d")]
    [InlineData("node.name", "--set node.name is not KEY=VALUE; write for example --set node.urls=http://127.0.0.1:8001")]
    [InlineData("=x", "--set  is not KEY=VALUE; write for example --set node.urls=http://127.0.0.1:8001")]
    [InlineData("node..name=x", "--set node..name is not a key: a path may not begin or end with '.' or contain '..'; write an empty key as \"\"")]
    [InlineData("carillon=x", "--set carillon names no key: write 1 to 63 names below carillon")]
    public void Wrong_setting_is_named(string setting, string message)
    {
        Assert.Equal(message, Assert.Single(Read("", [], [setting]).Problems).Message);
    }

    [Fact]
    public void Problems_of_all_layers_are_told_at_once()
    {
        var config = Read(
            "carillon {\n node.urlz = x\n store.lease = y\n}", [("CARILLON__NODE__NAMES", "x")], ["node.port-search=maybe"]);

        Assert.Equal(
            ["carillon.node.urlz", "carillon.store.lease", "carillon.node.names", "carillon.node.port-search"],
            config.Problems.Select(static problem => problem.Path),
            StringComparer.Ordinal);
        Assert.Equal($"{File}:2: carillon.node.urlz is not known; did you mean 'urls'?", config.Problems[0].Message);
    }

    [Fact]
    public void File_that_cannot_be_read_leaves_the_other_layers()
    {
        var config = Read("carillon {", [("CARILLON__NODE__NAME", "n")], []);

        Assert.Equal($"{File}:1:10: the '{{' is not closed", Assert.Single(config.Problems).Message);
        Assert.Equal("n", Assert.Single(config.Values).Value.Text);
    }

    [Theory]
    [InlineData("carillon.store.lease", 2)]
    [InlineData("carillon.Store.LEASE", 2)]
    [InlineData("carillon.store.slow-query", 2)]
    [InlineData("carillon.jobs.0.waits", 3)]
    [InlineData("carillon.jobs.1.time-zone", 4)]
    [InlineData("carillon.jobs.1.misfire", 4)]
    [InlineData("carillon.queues.my-queue.slots", 5)]
    public void Origin_is_that_of_the_value_or_of_what_is_around_it(string path, int line)
    {
        var config = Read(
            "carillon {\n store.lease = 5s\n jobs = [ { id = a }\n { id = b } ]\n queues { my-queue { slots = 2 } }\n}", [], []);

        Assert.Equal((File, line), (config.OriginOf(path)!.File, config.OriginOf(path)!.Line));
        Assert.Null(config.OriginOf("carillon.node.name"));
    }

    private string File => Path.Combine(_directory.Path, "x.conf");

    private SampleOptions Bind(string hocon, params (string Name, string Value)[] variables)
    {
        return Bind(Read(hocon, variables, []));
    }

    private static SampleOptions Bind(LayeredConfig config)
    {
        Assert.Empty(config.Problems);
        var options = new SampleOptions();
        new ConfigurationBuilder()
            .AddConfigValues(config.Values)
            .Build()
            .GetSection("carillon")
            .Bind(options);
        return options;
    }

    private LayeredConfig Read(string hocon, (string Name, string Value)[] variables, string[] settings)
    {
        _directory.Write("x.conf", hocon);
        var environment = variables.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);
        return LayeredConfig.Read(Schema, "carillon", File, environment, settings);
    }
}
