using System.Globalization;
using System.Text.Json;
using Carillon.EndToEnd.Tests.Processes;
using Carillon.Testing;

namespace Carillon.EndToEnd.Tests.Servers;

/// <summary>
/// A real Prometheus that scrapes one node three times over: as OpenMetrics, which it prefers; as text, through a relay
/// that asks for it; and the node's own process. It comes with the package prometheus.
/// </summary>
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

    /// <summary>Starts one that scrapes a node twice a second.</summary>
    public static async Task<PrometheusServer> StartAsync(NodeHome home, TextRelay relay)
    {
        Assert.True(File.Exists(Program), $"{Program} is missing: install the package prometheus");
        var directory = Directory.CreateTempSubdirectory("carillon-prometheus-").FullName;
        var file = Path.Combine(directory, "prometheus.yml");
        await File.WriteAllTextAsync(
            file,
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

    /// <summary>The value of an expression over one series; null when there is none.</summary>
    public async Task<double?> QueryAsync(string expression)
    {
        var answer = await _http.GetByteArrayAsync(new Uri($"api/v1/query?query={Uri.EscapeDataString(expression)}", UriKind.Relative));
        var result = JsonElement.Parse(answer).GetProperty("data").GetProperty("result");
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
