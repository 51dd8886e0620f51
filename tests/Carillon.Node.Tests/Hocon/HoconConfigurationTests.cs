using System.Collections;
using Carillon.Node.Hocon;
using Carillon.Node.Tests.Hocon.Options;
using Microsoft.Extensions.Configuration;

namespace Carillon.Node.Tests.Hocon;

/// <summary>From file and environment to bound options.</summary>
public sealed class HoconConfigurationTests : IDisposable
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

    [Theory]
    [InlineData("CARILLON__STORE__LEASE", "soon", "carillon.store.lease from environment variable "
        + "CARILLON__STORE__LEASE is 'soon', but must be a duration such as 500ms, 5s, 2 minutes or 1d")]
    [InlineData("CARILLON__NODE__URLZ", "x", "carillon.node.URLZ from environment variable CARILLON__NODE__URLZ is "
        + "not known; did you mean 'urls'?")]
    [InlineData("CARILLON__NODE__ROLES", "x", "carillon.node.roles from environment variable CARILLON__NODE__ROLES is "
        + "a string, but must be a list, each element a string")]
    [InlineData("carillon__node__name", "x",
        "carillon.node.name from environment variable carillon__node__name is also "
        + "given in another spelling, from environment variable CARILLON__NODE__NAME")]
    public void Wrong_variable_is_named(string name, string value, string message)
    {
        var variables = new Hashtable { [name] = value, ["CARILLON__NODE__NAME"] = "n" };

        var error = Assert.Throws<InvalidConfigException>(
            () => new ConfigurationBuilder().AddCarillonEnvironment(variables, Schema).Build());

        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Wrong_file_lists_every_problem_on_its_own_line()
    {
        var path = _directory.Write("x.conf", "carillon {\n node.urlz = x\n store.lease = y\n}");

        var error = Assert.Throws<InvalidConfigException>(
            () => new ConfigurationBuilder().AddHoconFile(path, Schema).Build());

        Assert.Equal(
            $"carillon.node.urlz at {path}:2 is not known; did you mean 'urls'?\n"
            + $"carillon.store.lease at {path}:3 is 'y', but must be a duration such as 500ms, 5s, 2 minutes or 1d",
            error.Message);
    }

    [Fact]
    public void File_without_schema_gives_normalized_keys_and_plain_values()
    {
        var path = _directory.Write("x.conf", "carillon { store { slow-query = 5s, name = ${WHO} } }");

        var configuration = new ConfigurationBuilder().AddHoconFile(path, environment: name => $"<{name}>").Build();

        Assert.Equal("5s", configuration["Carillon:Store:SlowQuery"]);
        Assert.Equal("<WHO>", configuration["Carillon:Store:Name"]);
    }

    [Fact]
    public void Provider_knows_where_a_key_was_written()
    {
        var path = _directory.Write("x.conf", "carillon {\n store.lease = 5s\n}");
        var provider = new HoconConfigurationProvider(new HoconConfigurationSource { Path = path, Schema = Schema });

        provider.Load();

        Assert.Equal(new HoconOrigin(path, 2, 16), provider.OriginOf("Carillon:Store:Lease"));
        Assert.Null(provider.OriginOf("Carillon:Store:Other"));
    }

    private SampleOptions Bind(string hocon, params (string Name, string Value)[] variables)
    {
        var path = _directory.Write("x.conf", hocon);
        var environment = variables.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);
        var options = new SampleOptions();
        new ConfigurationBuilder()
            .AddHoconFile(path, Schema, _ => null)
            .AddCarillonEnvironment(environment, Schema)
            .Build()
            .GetSection("carillon")
            .Bind(options);
        return options;
    }
}
