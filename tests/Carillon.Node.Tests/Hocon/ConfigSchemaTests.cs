using Carillon.Node.Hocon;
using Carillon.Node.Tests.Hocon.Options;

namespace Carillon.Node.Tests.Hocon;

/// <summary>What a schema allows, what it makes of it, and what it says about the rest.</summary>
public sealed class ConfigSchemaTests
{
    private static readonly ConfigSchema Schema = ConfigSchema.For<SampleOptions>("carillon", "logging");

    [Theory]
    [InlineData("store.connection-string = x", "Store:ConnectionString=x")]
    [InlineData("store.connectionString = x", "Store:ConnectionString=x")]
    [InlineData("STORE.Connection_String = x", "Store:ConnectionString=x")]
    [InlineData("node.port-search = on", "Node:PortSearch=true")]
    [InlineData("node.port-search = yes", "Node:PortSearch=true")]
    [InlineData("node.port-search = true", "Node:PortSearch=true")]
    [InlineData("node.port-search = off", "Node:PortSearch=false")]
    [InlineData("node.port-search = no", "Node:PortSearch=false")]
    [InlineData("node.port-search = \"false\"", "Node:PortSearch=false")]
    [InlineData("node.name = 5", "Node:Name=5")]
    [InlineData("node.name = null", "")]
    [InlineData("node.roles = [a, b-c]", "Node:Roles:0=a;Node:Roles:1=b-c")]
    [InlineData("node.roles = []", "Node:Roles=")]
    [InlineData("node.roles { 0 = a, 7 = b }", "Node:Roles:0=a;Node:Roles:7=b")]
    [InlineData("queues { my-queue_1 { slots = 2, busy-threshold = 3 } }",
        "Queues:my-queue_1:Slots=2;Queues:my-queue_1:BusyThreshold=3")]
    [InlineData("node.name = a, Node.Roles = [b]", "Node:Name=a;Node:Roles:0=b")]
    [InlineData("queues { fast {} }", "Queues:fast=")]
    [InlineData("headers { X-Trace-Id = a, \"x.y\" = b }", "Headers:X-Trace-Id=a;Headers:x.y=b")]
    [InlineData("holidays { de-by = [2026-12-24] }", "Holidays:de-by:0=2026-12-24")]
    [InlineData("jobs = [ { id = a, time-zone = UTC }, { id = b } ]", "Jobs:0:Id=a;Jobs:0:TimeZone=UTC;Jobs:1:Id=b")]
    [InlineData("jobs = [ { id = a, then { id = b, then { id = c } } } ]",
        "Jobs:0:Id=a;Jobs:0:Then:Id=b;Jobs:0:Then:Then:Id=c")]
    [InlineData("jobs = [ { id = a, env { A_B = 1, c-d = 2 } } ]", "Jobs:0:Id=a;Jobs:0:Env:A_B=1;Jobs:0:Env:c-d=2")]
    [InlineData("jobs = [ { id = a, misfire = run-once } ]", "Jobs:0:Id=a;Jobs:0:Misfire=RunOnce")]
    [InlineData("jobs = [ { id = a, misfire = RUN_ALL } ]", "Jobs:0:Id=a;Jobs:0:Misfire=RunAll")]
    [InlineData("jobs = [ { id = a, waits = [1s, 2m] } ]",
        "Jobs:0:Id=a;Jobs:0:Waits:0=00:00:01;Jobs:0:Waits:1=00:02:00")]
    [InlineData("buckets = [0.1, 1, 2.5e1]", "Buckets:0=0.1;Buckets:1=1;Buckets:2=2.5e1")]
    public void Allowed_keys_become_configuration_keys(string carillon, string expected)
    {
        var config = Flatten($"carillon {{ {carillon} }}");

        Assert.Empty(config.Problems);
        Assert.Equal(expected, string.Join(';', config.Values.Select(v => $"{v.Key}={v.Value.Text}"
            .Replace("carillon:", string.Empty, StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("5", "00:00:00.0050000")]
    [InlineData("\"5\"", "00:00:00.0050000")]
    [InlineData("1000ns", "00:00:00.0000010")]
    [InlineData("1000 nanos", "00:00:00.0000010")]
    [InlineData("1 nanosecond", "00:00:00")]
    [InlineData("5us", "00:00:00.0000050")]
    [InlineData("5 micros", "00:00:00.0000050")]
    [InlineData("100ms", "00:00:00.1000000")]
    [InlineData("100 millis", "00:00:00.1000000")]
    [InlineData("100 milliseconds", "00:00:00.1000000")]
    [InlineData("5s", "00:00:05")]
    [InlineData("5 seconds", "00:00:05")]
    [InlineData("\" 1 second \"", "00:00:01")]
    [InlineData("1.5s", "00:00:01.5000000")]
    [InlineData("2m", "00:02:00")]
    [InlineData("2 minutes", "00:02:00")]
    [InlineData("3h", "03:00:00")]
    [InlineData("1 hour", "01:00:00")]
    [InlineData("1d", "1.00:00:00")]
    [InlineData("30d", "30.00:00:00")]
    [InlineData("400 days", "400.00:00:00")]
    [InlineData("-5s", "-00:00:05")]
    [InlineData("0", "00:00:00")]
    public void Duration_becomes_an_invariant_TimeSpan(string written, string expected) =>
        Assert.Equal(expected, ValueOf($"carillon.store.lease = {written}", "carillon:Store:Lease"));

    [Theory]
    [InlineData("512", "512")]
    [InlineData("512B", "512")]
    [InlineData("1 byte", "1")]
    [InlineData("10kB", "10000")]
    [InlineData("10 kilobytes", "10000")]
    [InlineData("10MB", "10000000")]
    [InlineData("2GB", "2000000000")]
    [InlineData("1TB", "1000000000000")]
    [InlineData("64K", "65536")]
    [InlineData("64k", "65536")]
    [InlineData("64Ki", "65536")]
    [InlineData("64KiB", "65536")]
    [InlineData("64 kibibytes", "65536")]
    [InlineData("64MiB", "67108864")]
    [InlineData("1.5 GiB", "1610612736")]
    [InlineData("1g", "1073741824")]
    [InlineData("7EiB", "8070450532247928832")]
    public void Size_becomes_bytes(string written, string expected) =>
        Assert.Equal(expected, ValueOf($"carillon.store.output-limit = {written}", "carillon:Store:OutputLimit"));

    [Theory]
    [InlineData("carillon.node.urlz = x", "test.conf:1: carillon.node.urlz is not known; did you mean 'urls'?")]
    [InlineData("carillon.node.port_serch = on",
        "test.conf:1: carillon.node.port_serch is not known; did you mean 'port-search'?")]
    [InlineData("carillon.node.x = 1",
        "test.conf:1: carillon.node.x is not known; known here: name, port-search, roles, urls")]
    [InlineData("carillon.node.read-only = x",
        "test.conf:1: carillon.node.read-only is not known; known here: name, port-search, roles, urls")]
    [InlineData("\ncarilon { node.name = x }", "test.conf:2: carilon is not known; did you mean 'carillon'?")]
    [InlineData("carillon.queues.fast.slot = 1",
        "test.conf:1: carillon.queues.fast.slot is not known; did you mean 'slots'?")]
    [InlineData("carillon.jobs = [\n{ id = a }\n{ id = b, timezon = UTC } ]",
        "test.conf:3: carillon.jobs.1.timezon is not known; did you mean 'time-zone'?")]
    [InlineData("carillon.jobs = [ { id = a, time-zone = x, TimeZone = y } ]",
        "test.conf:1: carillon.jobs.0.time-zone is also given in another spelling, at test.conf:1")]
    [InlineData("carillon.queues { a { slots = 1 } }\ncarillon.queues { A { slots = 1 } }",
        "test.conf:2: carillon.queues.A.slots is also given in another spelling, at test.conf:1")]
    [InlineData("carillon.headers { \"a:b\" = 1 }",
        "test.conf:1: carillon.headers.\"a:b\" has a key that is empty or contains ':'")]
    public void Unknown_key_names_place_and_nearest_key(string hocon, string message) => AssertProblem(hocon, message);

    [Theory]
    [InlineData("store.lease = soon", "store.lease is 'soon', but must be a duration such as 500ms, 5s, "
        + "2 minutes or 1d")]
    [InlineData("store.lease = 5S", "store.lease is '5S', but must be a duration such as 500ms, 5s, "
        + "2 minutes or 1d")]
    [InlineData("store.slow-query = 20000000 days", "store.slow-query is '20000000 days', but must be a "
        + "duration such as 500ms, 5s, 2 minutes or 1d")]
    [InlineData("store.lease = [5s]",
        "store.lease is a list, but must be a duration such as 500ms, 5s, 2 minutes or 1d")]
    [InlineData("store.output-limit = 64KB",
        "store.output-limit is '64KB', but must be a size such as 512B, 64KiB or 10MB")]
    [InlineData("store.output-limit = 8EiB",
        "store.output-limit is '8EiB', but must be a size such as 512B, 64KiB or 10MB")]
    [InlineData("store.page-size = 2GiB",
        "store.page-size is '2GiB', but must be a size such as 512B, 64KiB or 10MB")]
    [InlineData("store.connections = 40000",
        "store.connections is '40000', but must be a whole number from -32768 to 32767")]
    [InlineData("store.connections = 1.5",
        "store.connections is '1.5', but must be a whole number from -32768 to 32767")]
    [InlineData("store.ratio = NaN", "store.ratio is 'NaN', but must be a number")]
    [InlineData("node.port-search = maybe",
        "node.port-search is 'maybe', but must be true, false, yes, no, on or off")]
    [InlineData("node = x",
        "node is a string, but must be an object with the keys name, port-search, roles, urls")]
    [InlineData("node.name { a = 1 }", "node.name is an object, but must be a string")]
    [InlineData("node.roles = admin",
        "node.roles is a string, but must be a list, each element a string")]
    [InlineData("node.roles { a = 1 }",
        "node.roles.a is not a position, but must be a list, each element a string")]
    [InlineData("jobs = 1", "jobs is a number, but must be a list of objects")]
    [InlineData("jobs = [ 1 ]",
        "jobs.0 is a number, but must be an object with the keys env, id, misfire, then, time-zone, "
        + "waits")]
    [InlineData("jobs = [ { misfire = run-twice } ]",
        "jobs.0.misfire is 'run-twice', but must be one of run-once, run-all, skip")]
    [InlineData("jobs = [ { misfire = 0 } ]",
        "jobs.0.misfire is '0', but must be one of run-once, run-all, skip")]
    [InlineData("queues = [ 1 ]", "queues is a list, but must be an object")]
    [InlineData("holidays.de = [2026-13-01]",
        "holidays.de.0 is '2026-13-01', but must be a date such as 2026-12-24")]
    public void Wrong_value_names_place_value_and_what_is_allowed(string carillon, string message) =>
        AssertProblem($"carillon {{ {carillon} }}", $"test.conf:1: carillon.{message}");

    [Fact]
    public void All_problems_are_reported_at_once_in_document_order()
    {
        var config = Flatten("carillon {\n node.urlz = x\n store.lease = y\n store.slow-query = 2s\n jobs = z\n}");

        Assert.Equal([2, 3, 5], config.Problems.Select(problem => problem.Origin.Line));
        Assert.Equal(
            ["carillon.node.urlz", "carillon.store.lease", "carillon.jobs"],
            config.Problems.Select(problem => problem.Path),
            StringComparer.Ordinal);
        Assert.Equal("00:00:02", Assert.Single(config.Values).Value.Text);
    }

    [Fact]
    public void Unchecked_section_is_kept_as_written()
    {
        var config = Flatten("logging { Log-Level { Default = Warning, List = [1, null] } }");

        Assert.Empty(config.Problems);
        Assert.Equal(
            ["logging:Log-Level:Default=Warning", "logging:Log-Level:List:0=1"],
            config.Values.Select(value => $"{value.Key}={value.Value.Text}"),
            StringComparer.Ordinal);
    }

    [Fact]
    public void Unchecked_schema_drops_dashes_and_underscores_and_keeps_values()
    {
        var config = ConfigSchema.Unchecked.Flatten(
            HoconDocument.Parse("carillon { time-zone = 5s, a_b = [] }", "test.conf").Root);

        Assert.Empty(config.Problems);
        Assert.Equal(
            ["carillon:timezone=5s", "carillon:ab="],
            config.Values.Select(value => $"{value.Key}={value.Value.Text}"),
            StringComparer.Ordinal);
    }

    private static FlatConfig Flatten(string hocon) => Schema.Flatten(HoconDocument.Parse(hocon, "test.conf").Root);

    private static string ValueOf(string hocon, string key)
    {
        var config = Flatten(hocon);
        Assert.Empty(config.Problems);
        return config.Values[key].Text;
    }

    private static void AssertProblem(string hocon, string message) =>
        Assert.Equal(message, Assert.Single(Flatten(hocon).Problems).Message);
}
