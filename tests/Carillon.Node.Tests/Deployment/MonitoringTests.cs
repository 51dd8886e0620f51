using System.Text.Json;
using System.Text.RegularExpressions;

namespace Carillon.Node.Tests.Deployment;

/// <summary>Rules, alerts and dashboards are what their programs read, and ask for what is on the pages.</summary>
public sealed partial class MonitoringTests : IDisposable
{
    private static readonly JsonElement[] Rules =
        [.. Deployed.ReadYaml("deploy/prometheus/rules.yml").GetProperty("groups").EnumerateArray().SelectMany(static group => group.GetProperty("rules").EnumerateArray())];

    private static readonly JsonElement Dashboard = JsonElement.Parse(File.ReadAllBytes(Deployed.PathOf("deploy", "grafana", "dashboards", "carillon.json")));

    private readonly string _directory = Directory.CreateTempSubdirectory("carillon-monitoring-").FullName;

    public void Dispose()
    {
        Directory.Delete(_directory, recursive: true);
    }

    [Theory]
    [InlineData("promtool", "check", "config", "prometheus.yml")]
    [InlineData("promtool", "check", "rules", "rules.yml")]
    [InlineData("promtool", "test", "rules", "rules.test.yml")]
    [InlineData("amtool", "check-config", "alertmanager.yml")]
    public async Task Programs_accept_their_configuration(string program, params string[] arguments)
    {
        foreach (var file in Directory.EnumerateFiles(Deployed.PathOf("deploy", "prometheus")).Concat(Directory.EnumerateFiles(Deployed.PathOf("deploy", "alertmanager"))))
        {
            File.Copy(file, Path.Combine(_directory, Path.GetFileName(file)));
        }

        await File.WriteAllTextAsync(Path.Combine(_directory, "carillon.token"), "token");

        var (exitCode, said) = await Deployed.RunAsync(program, _directory, arguments);

        Assert.True(exitCode == 0, said);
    }

    [Fact]
    public void Every_metric_of_rules_and_dashboards_is_on_a_page_with_those_labels()
    {
        var documented = Documented();
        var expressions = Expressions();

        Assert.True(expressions.Length > 40, $"only {expressions.Length} expressions");
        foreach (var expression in expressions)
        {
            Assert.All(Metric().Matches(expression), metric => Assert.True(documented.ContainsKey(metric.Value), $"{metric.Value} of '{expression}' is not in docs/metrics.md"));
            foreach (var selector in Selector().Matches(expression).Where(selector => documented.ContainsKey(selector.Groups["metric"].Value)))
            {
                var labels = documented[selector.Groups["metric"].Value];
                Assert.All(Label().Matches(selector.Groups["matchers"].Value), label => Assert.True(labels.Contains(label.Groups["label"].Value), $"'{selector.Value}' has no such label"));
            }
        }
    }

    [Fact]
    public void What_is_recorded_is_what_is_asked_for()
    {
        var recorded = Rules.Where(static rule => rule.TryGetProperty("record", out _)).Select(static rule => rule.GetProperty("record").GetString()!).Order(StringComparer.Ordinal);
        var used = Expressions().SelectMany(static expression => Recorded().Matches(expression)).Select(static match => match.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

        Assert.Equal(recorded, used);
    }

    [Fact]
    public void Every_alert_says_how_urgent_it_is_and_what_it_means()
    {
        var alerts = Rules.Where(static rule => rule.TryGetProperty("alert", out _)).ToArray();

        Assert.Distinct(alerts.Select(static alert => alert.GetProperty("alert").GetString()));
        Assert.All(alerts, static alert =>
        {
            Assert.Contains(alert.GetProperty("labels").GetProperty("severity").GetString(), (string[])["critical", "warning", "info"]);
            Assert.NotEmpty(alert.GetProperty("annotations").GetProperty("summary").GetString()!);
        });
    }

    [Fact]
    public void Grafana_finds_the_dashboard_and_the_dashboard_its_source()
    {
        var source = Deployed.ReadYaml("deploy/grafana/provisioning/datasources/prometheus.yml").GetProperty("datasources")[0].GetProperty("uid").GetString();
        var folder = Deployed.ReadYaml("deploy/grafana/provisioning/dashboards/carillon.yml").GetProperty("providers")[0].GetProperty("options").GetProperty("path").GetString();
        var grafana = Deployed.ReadYaml("docker-compose.yml").GetProperty("services").GetProperty("grafana");

        Assert.Contains($"./deploy/grafana/dashboards:{folder}:ro", grafana.GetProperty("volumes").EnumerateArray().Select(static v => v.GetString()));
        Assert.Equal($"{folder}/carillon.json", grafana.GetProperty("environment").GetProperty("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH").GetString());
        Assert.All(Below(Dashboard, "datasource"), found => Assert.Equal(source, found.GetProperty("uid").GetString()));
        Assert.Distinct(Dashboard.GetProperty("panels").EnumerateArray().Select(static panel => panel.GetProperty("id").GetInt32()));
    }

    private static string[] Expressions()
    {
        return [.. Rules.Select(static rule => rule.GetProperty("expr").GetString()!), .. Below(Dashboard, "expr").Select(static e => e.GetString()!)];
    }

    private static IEnumerable<JsonElement> Below(JsonElement parent, string key)
    {
        return parent.ValueKind switch
        {
            JsonValueKind.Object => parent.EnumerateObject().SelectMany(p => string.Equals(p.Name, key, StringComparison.Ordinal) ? [p.Value] : Below(p.Value, key)),
            JsonValueKind.Array => parent.EnumerateArray().SelectMany(item => Below(item, key)),
            _ => [],
        };
    }

    /// <summary>The series of docs/metrics.md with their labels, and those that Prometheus adds.</summary>
    private static Dictionary<string, HashSet<string>> Documented()
    {
        var series = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var row in File.ReadLines(Deployed.PathOf("docs", "metrics.md")).Select(static line => Row().Match(line)).Where(static match => match.Success))
        {
            var labels = row.Groups["labels"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries).Concat(["job", "instance", "le"]).ToHashSet(StringComparer.Ordinal);
            string[] suffixes = row.Groups["type"].Value is "histogram" ? ["_bucket", "_sum", "_count"] : [string.Empty];
            foreach (var suffix in suffixes)
            {
                series[row.Groups["family"].Value + suffix] = labels;
            }
        }

        return series;
    }

    [GeneratedRegex(@"^\| `(?<family>\w+)` \| (?<type>\w+) \| [^|]*\| (?<labels>[^|]*?) ?\|", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Row();

    [GeneratedRegex(@"(?<![:\w])(scheduler|carillon)_\w+(?![:\w])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Metric();

    [GeneratedRegex(@"\b[a-z_]+:[a-z_]+:\w+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Recorded();

    [GeneratedRegex(@"(?<metric>\w+)\{(?<matchers>[^}]*)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Selector();

    [GeneratedRegex(@"(?<label>\w+)\s*(=~|!~|!=|=)\s*""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Label();
}
