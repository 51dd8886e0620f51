using System.Net;
using Carillon.EndToEnd.Tests.Api;

namespace Carillon.EndToEnd.Tests.Processes;

/// <summary>A running <c>carillon node</c>, as built by this build.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(40);

    private readonly ChildProcess _process;
    private readonly NodeHome _home;
    private readonly HttpClient _http;

    private NodeProcess(ChildProcess process, NodeHome home)
    {
        _process = process;
        _home = home;
        _http = new HttpClient { BaseAddress = home.Address };
        Api = new SchedulerApi(_http);
    }

    public SchedulerApi Api { get; }

    public ChildProcess Process => _process;

    /// <summary>Starts a node with the configuration of its home and waits until it is ready.</summary>
    public static async Task<NodeProcess> StartAsync(NodeHome home, params string[] settings)
    {
        var node = Launch(home, settings);
        try
        {
            await node.ReadyAsync();
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a node that survives it when the size of its files is limited while it runs, and waits until it is ready.</summary>
    public static async Task<NodeProcess> StartLimitableAsync(NodeHome home)
    {
        const string Script = "trap '' XFSZ; exec dotnet \"$@\"";
        var node = new NodeProcess(ChildProcess.Start("sh", ["-c", Script, "sh", .. Arguments(home, [])], home.Directory), home);
        await node.ReadyAsync();
        return node;
    }

    /// <summary>Starts a node and does not wait.</summary>
    public static NodeProcess Launch(NodeHome home, params string[] settings)
    {
        return new NodeProcess(ChildProcess.Start("dotnet", Arguments(home, settings), home.Directory), home);
    }

    private static IEnumerable<string> Arguments(NodeHome home, string[] settings)
    {
        return [home.Program, "node", "--config", home.ConfigFile, .. settings.SelectMany(static setting => new[] { "--set", setting })];
    }

    /// <summary>Waits until <c>/health/ready</c> says 200.</summary>
    public Task ReadyAsync()
    {
        return Eventually.IsAsync(
            $"{_home.Address}health/ready is 200",
            ReadyLimit,
            async () => _process.HasExited ? throw new InvalidOperationException($"the node ended\n{_process.Tail}") : await StatusAsync() == HttpStatusCode.OK,
            () => _process.Tail);
    }

    /// <summary>What <c>/health/ready</c> says; null while nobody answers.</summary>
    public async Task<HttpStatusCode?> StatusAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri("health/ready", UriKind.Relative));
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>SIGKILL.</summary>
    public Task KillAsync()
    {
        return _process.KillAsync();
    }

    /// <summary>SIGTERM.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> TerminateAsync(TimeSpan limit)
    {
        return _process.TerminateAsync(limit);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _http.Dispose();
    }
}
