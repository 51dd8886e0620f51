using System.Collections;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.RegularExpressions;
using Carillon.Hosting;
using Carillon.Web;

namespace Carillon.Node.Tests.Deployment;

/// <summary>docker-compose.yml and what it refers to fit together, and start nodes that are configured right.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class ComposeTests : IDisposable
{
    private const string SecretsScript = "deploy/docker/secrets.sh";
    private static readonly JsonElement Compose = Deployed.ReadYaml("docker-compose.yml");
    private static readonly string[] Dockerfile = Instructions(File.ReadAllText(Deployed.PathOf("deploy", "docker", "Dockerfile")));
    private static readonly TimeSpan BeyondDrain = TimeSpan.FromSeconds(25);

    private readonly string _directory = Directory.CreateTempSubdirectory("carillon-compose-").FullName;

    private static IEnumerable<JsonProperty> Services => Compose.GetProperty("services").EnumerateObject();

    private static JsonProperty[] Nodes => [.. Services.Where(static service => service.Value.TryGetProperty("build", out _))];

    public void Dispose()
    {
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task Nodes_get_a_valid_configuration_from_their_environment()
    {
        await MakeSecretsAsync();
        var options = Nodes.ToDictionary(static node => node.Name, OptionsOf, StringComparer.Ordinal);

        Assert.Equal(["node-1", "node-2", "node-3"], options.Keys);
        var token = await File.ReadAllTextAsync(Secret("prometheus.token"));
        var database = Variables("postgresql.env");
        Assert.All(options, pair =>
        {
            var (service, node) = pair;
            Assert.Equal(service, node.Node.Name);
            Assert.Equal(new Uri($"http://{service}:{new Uri(node.Node.Urls).Port}"), new Uri(node.Node.Advertise!));
            Assert.InRange(node.Cluster.Secret!.Length, 32, 64);
            Assert.Equal(StoreProvider.Postgresql, node.Store.Provider);
            Assert.Equal(
                $"Host=postgresql;Database={database["POSTGRES_DB"]};Username={database["POSTGRES_USER"]};Password={database["POSTGRES_PASSWORD"]}",
                node.Store.ConnectionString);
            Assert.Equal([Role.Admin, Role.Viewer], node.Security.Tokens.Select(static t => t.Role));
            Assert.Equal(AccessToken.Hash(token), node.Security.Tokens[1].Hash);
            Assert.True(Grace(service) >= node.Workers.DrainTimeout + BeyondDrain, $"{service} is killed while it leaves");
        });
    }

    [Fact]
    public async Task Secrets_are_for_their_owner_shown_once_and_never_replaced()
    {
        var said = await MakeSecretsAsync();
        var shown = said.Trim().Split(' ')[^1];

        Assert.Equal(AccessToken.Hash(shown), Variables("node.env")["CARILLON__SECURITY__TOKENS__0__HASH"]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(Secret("node.env"))!));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Secret("node.env")));
        var before = await File.ReadAllTextAsync(Secret("node.env"));
        var (exitCode, refusal) = await Deployed.RunAsync("bash", _directory, SecretsScript);
        Assert.Equal(4, exitCode);
        Assert.Contains("data/docker is there already", refusal, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(Secret("node.env")));
    }

    [Fact]
    public async Task Everything_that_the_compose_file_names_is_there()
    {
        await MakeSecretsAsync();
        var files = Services.SelectMany(static service => Mounts(service.Value)).Where(static source => source.StartsWith("./", StringComparison.Ordinal))
            .Concat(Services.SelectMany(static service => Texts(service.Value, "env_file")))
            .Append(Nodes[0].Value.GetProperty("build").GetProperty("dockerfile").GetString()!)
            .ToArray();

        Assert.True(files.Length >= 10, $"only {files.Length} files");
        Assert.All(files, file => Assert.True(Path.Exists(Path.Combine(Deployed.Root, file)) || Path.Exists(Path.Combine(_directory, file)), $"{file} does not exist"));
        var volumes = Services.SelectMany(static service => Mounts(service.Value)).Where(static source => !source.StartsWith('.'));
        Assert.Equal(Compose.GetProperty("volumes").EnumerateObject().Select(static v => v.Name).Order(StringComparer.Ordinal), volumes.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Images_are_pinned_and_need_no_registry_of_their_own()
    {
        var images = Services.Except(Nodes).Select(static service => service.Value.GetProperty("image").GetString()!)
            .Concat(Dockerfile.Where(static line => line.StartsWith("FROM ", StringComparison.Ordinal)).Select(static line => line.Split(' ')[1]))
            .ToArray();

        Assert.Equal(6, images.Length);
        Assert.All(images, static image => Assert.Matches(PinnedImage(), image));
    }

    [Fact]
    public void Ports_agree_everywhere()
    {
        var port = new Uri(ImageVariables()["CARILLON__NODE__URLS"]).Port.ToString(CultureInfo.InvariantCulture);

        Assert.Contains($"EXPOSE {port}", Dockerfile);
        Assert.Contains(Dockerfile, line => line.StartsWith("HEALTHCHECK ", StringComparison.Ordinal) && line.Contains($"http://127.0.0.1:{port}/health/live", StringComparison.Ordinal));
        Assert.All(Nodes, node => Assert.Equal([port], Ports(node.Value).Select(static p => p[2])));
        var published = Services.SelectMany(static service => Ports(service.Value)).ToArray();
        Assert.All(published, static p => Assert.Equal("127.0.0.1", p[0]));
        Assert.Distinct(published.Select(static p => p[1]));
        Assert.All(Addresses(), address => Assert.Contains(address, Reachable()));
    }

    [Fact]
    public void Image_runs_as_nobody_in_particular_and_holds_only_what_was_built()
    {
        var last = Array.FindLastIndex(Dockerfile, static line => line.StartsWith("FROM ", StringComparison.Ordinal));
        var stage = Dockerfile[last..];

        Assert.True(last > 0, "the image is built in one stage");
        Assert.DoesNotContain("dotnet10-sdk", string.Join('\n', stage), StringComparison.Ordinal);
        Assert.Equal("USER carillon", Assert.Single(stage, static line => line.StartsWith("USER ", StringComparison.Ordinal)));
        Assert.Contains("STOPSIGNAL SIGTERM", stage);
        var context = File.ReadAllLines(Deployed.PathOf(".dockerignore")).Where(static line => line.StartsWith('!')).Select(static line => line[1..]).ToArray();
        var copied = Dockerfile.Where(static line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal))
            .SelectMany(static line => line.Split(' ')[1..^1])
            .ToArray();
        Assert.Equal(context.Order(StringComparer.Ordinal), copied.Order(StringComparer.Ordinal));
        Assert.All(copied, static source => Assert.True(Path.Exists(Deployed.PathOf(source)), $"{source} does not exist"));
    }

    /// <summary>The settings that a node of the compose file has; throws when they are wrong.</summary>
    private CarillonOptions OptionsOf(JsonProperty node)
    {
        var variables = new Hashtable(StringComparer.Ordinal);
        var service = node.Value.GetProperty("environment").EnumerateObject().Select(static v => KeyValuePair.Create(v.Name, v.Value.GetString()!));
        foreach (var (name, value) in ImageVariables().Concat(Variables("node.env")).Concat(service))
        {
            variables[name] = value;
        }

        return ConfiguredNode.Create(new NodeArguments(Deployed.PathOf("hocon", "cluster.conf"), [], variables)).Options;
    }

    private async Task<string> MakeSecretsAsync()
    {
        var script = Path.Combine(_directory, SecretsScript);
        Directory.CreateDirectory(Path.GetDirectoryName(script)!);
        File.Copy(Deployed.PathOf(SecretsScript), script);
        var (exitCode, said) = await Deployed.RunAsync("bash", _directory, SecretsScript);
        Assert.True(exitCode == 0, said);
        return said;
    }

    private string Secret(string name)
    {
        return Path.Combine(_directory, "data", "docker", name);
    }

    private Dictionary<string, string> Variables(string file)
    {
        return File.ReadAllLines(Secret(file)).Select(static line => line.Split('=', 2)).ToDictionary(static p => p[0], static p => p[1], StringComparer.Ordinal);
    }

    private static Dictionary<string, string> ImageVariables()
    {
        return Dockerfile.Where(static line => line.StartsWith("ENV ", StringComparison.Ordinal))
            .SelectMany(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..])
            .Select(static pair => pair.Split('=', 2))
            .ToDictionary(static p => p[0], static p => p[1], StringComparer.Ordinal);
    }

    /// <summary>HOST:PORT of everything that something of the deployment is told to reach.</summary>
    private static IEnumerable<string> Addresses()
    {
        var prometheus = Deployed.ReadYaml("deploy/prometheus/prometheus.yml");
        var targets = prometheus.GetProperty("scrape_configs").EnumerateArray().Concat(prometheus.GetProperty("alerting").GetProperty("alertmanagers").EnumerateArray())
            .SelectMany(static job => job.GetProperty("static_configs").EnumerateArray())
            .SelectMany(static group => Texts(group, "targets"));
        var source = Deployed.ReadYaml("deploy/grafana/provisioning/datasources/prometheus.yml").GetProperty("datasources")[0].GetProperty("url").GetString()!;
        return targets.Append(new Uri(source).Authority);
    }

    /// <summary>HOST:PORT of everything that listens.</summary>
    private static IEnumerable<string> Reachable()
    {
        return Services.SelectMany(static service => Ports(service.Value).SelectMany(p => Aliases(service.Value).Append(service.Name).Select(name => $"{name}:{p[2]}")));
    }

    private static string[] Aliases(JsonElement service)
    {
        return service.TryGetProperty("networks", out var networks) ? Texts(networks.GetProperty("default"), "aliases") : [];
    }

    /// <summary>ADDRESS, PORT, CONTAINER PORT.</summary>
    private static IEnumerable<string[]> Ports(JsonElement service)
    {
        return Texts(service, "ports").Select(static text => text.Split(':'));
    }

    private static IEnumerable<string> Mounts(JsonElement service)
    {
        return Texts(service, "volumes").Select(static text => text.Split(':')[0]);
    }

    private static TimeSpan Grace(string service)
    {
        var text = Compose.GetProperty("services").GetProperty(service).GetProperty("stop_grace_period").GetString()!;
        return TimeSpan.FromSeconds(int.Parse(text.TrimEnd('s'), CultureInfo.InvariantCulture));
    }

    /// <summary>The texts below a key: none, one, or a list of them.</summary>
    private static string[] Texts(JsonElement parent, string key)
    {
        return !parent.TryGetProperty(key, out var value) ? []
            : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(static item => item.GetString()!)]
            : [value.GetString()!];
    }

    private static string[] Instructions(string dockerfile)
    {
        return [.. dockerfile.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n').Where(static line => line.Length > 0 && line[0] != '#')];
    }

    [GeneratedRegex(@"^[a-z]+(/[a-z]+)?:v?\d+(\.\d+)+$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex PinnedImage();
}
