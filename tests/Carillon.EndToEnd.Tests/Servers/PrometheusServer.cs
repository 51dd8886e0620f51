using System.Globalization;
using System.Text.Json;
using Carillon.EndToEnd.Tests.Processes;
using Carillon.Testing;

namespace Carillon.EndToEnd.Tests.Servers;

/// <summary>A real Prometheus. It comes with the package prometheus.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    /// <summary>The jobs that scrape the page of the cluster, by the form that they get.</summary>
    public static readonly string[] Forms = ["openmetrics", "text"];

    private const string Program = "/usr/bin/prometheus";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly string _directory;
    private readonly ChildProcess _process;
    private readonly HttpClient _http;

    private PrometheusServer(string directory, ChildProcess process, int port)
    {
        _directory = directory;
        _process = process;
        _http = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/")) };
    }

    /// <summary>
    /// Starts one that scrapes a node three times over, twice a second: as OpenMetrics, which it prefers; as text, through
    /// a relay that asks for it; and the node's own process.
    /// </summary>
    public static Task<PrometheusServer> StartAsync(NodeHome home, TextRelay relay)
    {
        return StartAsync(
            $$"""
            global: { scrape_interval: 500ms, scrape_timeout: 500ms }
            scrape_configs:
              - job_name: openmetrics
                static_configs: [ { targets: [ "{{home.Address.Authority}}" ] } ]
              - job_name: text
                static_configs: [ { targets: [ "{{relay.Address.Authority}}" ] } ]
              - job_name: node
                params: { scope: [ node ] }
                static_configs: [ { targets: [ "{{home.Address.Authority}}" ] } ]
            """);
    }

    /// <summary>Starts one that scrapes one address each second.</summary>
    public static Task<PrometheusServer> StartAsync(Uri address)
    {
        return StartAsync(
            $$"""
            global: { scrape_interval: 1s, scrape_timeout: 1s }
            scrape_configs:
              - job_name: cluster
                static_configs: [ { targets: [ "{{address.Authority}}" ] } ]
            """);
    }

    private static async Task<PrometheusServer> StartAsync(string configuration)
    {
        Assert.True(File.Exists(Program), $"{Program} is missing: install the package prometheus");
        var directory = Directory.CreateTempSubdirectory("carillon-prometheus-").FullName;
        var file = Path.Combine(directory, "prometheus.yml");
        await File.WriteAllTextAsync(file, configuration);
        var port = LoopbackPort.Free();
        string[] arguments =
        [
            $"--config.file={file}",
            $"--storage.tsdb.path={Path.Combine(directory, "tsdb")}",
            string.Create(CultureInfo.InvariantCulture, $"--web.listen-address=127.0.0.1:{port}"),
            "--log.level=warn",
        ];
        var server = new PrometheusServer(directory, ChildProcess.Start(Program, arguments, directory), port);
        await Eventually.IsAsync("Prometheus is ready", Limit, server.IsReadyAsync, () => server._process.Tail);
        return server;
    }

    /// <summary>The value of an expression of each of its series, by one label.</summary>
    public async Task<IReadOnlyDictionary<string, double>> QueryAsync(string expression, string label)
    {
        var result = await ResultAsync(expression);
        return result.EnumerateArray().ToDictionary(
            series => Label(series, label),
            static series => double.Parse(series.GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture),
            StringComparer.Ordinal);
    }

    /// <summary>The first and the last sample of each series in a range, and the Unix time of the last one, by one label.</summary>
    public async Task<IReadOnlyDictionary<string, (double First, double Last, double LastAt)>> SamplesAsync(string range, string label)
    {
        var result = await ResultAsync(range);
        return result.EnumerateArray().ToDictionary(series => Label(series, label), static series => Ends(series.GetProperty("values")), StringComparer.Ordinal);

        static (double First, double Last, double LastAt) Ends(JsonElement samples)
        {
            var last = samples[samples.GetArrayLength() - 1];
            return (Value(samples[0]), Value(last), last[0].GetDouble());
        }

        static double Value(JsonElement sample)
        {
            return double.Parse(sample[1].GetString()!, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The value of an expression over one series; null when there is none.</summary>
    public async Task<double?> QueryAsync(string expression)
    {
        var result = await ResultAsync(expression);
        return result.GetArrayLength() switch
        {
            0 => null,
            1 => double.Parse(result[0].GetProperty("value")[1].GetString()!, CultureInfo.InvariantCulture),
            var many => throw new InvalidOperationException($"{expression} has {many} series"),
        };
    }

    /// <summary>Waits until an expression has a value.</summary>
    public Task HasAsync(string expression, Predicate<double> isSo)
    {
        double? last = null;
        return Eventually.IsAsync(
            $"Prometheus sees {expression} as it should be",
            Limit,
            async () => (last = await QueryAsync(expression)) is { } value && isSo(value),
            () => $"It is {last}.");
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _http.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static string Label(JsonElement series, string label)
    {
        return series.GetProperty("metric").GetProperty(label).GetString()!;
    }

    private async Task<JsonElement> ResultAsync(string expression)
    {
        var answer = await _http.GetByteArrayAsync(new Uri($"api/v1/query?query={Uri.EscapeDataString(expression)}", UriKind.Relative));
        return JsonElement.Parse(answer).GetProperty("data").GetProperty("result");
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri("-/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException) when (!_process.HasExited)
        {
            return false;
        }
    }
}
