using System.Diagnostics;
using System.Globalization;
using System.Net;
using Carillon.Testing;

namespace Carillon.Benchmarks.Workers;

/// <summary>A <c>carillon node</c> process of this build, on a store of its own.</summary>
internal sealed class NodeServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;

    private NodeServer(Process process, Uri address, TimeSpan readyAfter)
    {
        _process = process;
        Http = new HttpClient { BaseAddress = address, Timeout = Patience };
        Http.DefaultRequestHeaders.Add("X-Carillon", "1");
        ReadyAfter = readyAfter;
    }

    public HttpClient Http { get; }

    public int ProcessId => _process.Id;

    /// <summary>The time from the start of the process until it said that it was ready.</summary>
    public TimeSpan ReadyAfter { get; }

    public static async Task<NodeServer> StartAsync(WorkerSpec spec)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{LoopbackPort.Free()}"));
        var config = Path.GetTempFileName();
        await File.WriteAllTextAsync(config, Hocon(spec, address));
        var own = new DirectoryInfo(AppContext.BaseDirectory); // artifacts/bin/PROJECT/CONFIGURATION/
        var program = Path.Combine(own.Parent!.Parent!.FullName, "Carillon.Node", own.Name, "carillon.dll");
        var watch = Stopwatch.StartNew();
        var start = new ProcessStartInfo("dotnet", [program, "node", "--config", config])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        await ReadyAsync(process, address);
        var node = new NodeServer(process, address, watch.Elapsed);
        File.Delete(config);
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task ReadyAsync(Process process, Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Patience && !process.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("health/ready", UriKind.Relative));
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await Task.Delay(LookAgain);
        }

        throw new InvalidOperationException($"the node was not ready within {Patience}; its error is above");
    }

    private static string Hocon(WorkerSpec spec, Uri address)
    {
        var store = spec.ConnectionString is { } connection
            ? $"provider = postgresql, connection-string = \"{connection}\""
            : "provider = sqlite";
        var data = spec.DataDirectory ?? Path.GetTempPath();
        return $$"""
            carillon {
              node { name = benchmark, urls = "{{address}}", data-dir = "{{data}}" }
              store { {{store}} }
              logging { level = warning }
            }
            """;
    }
}
