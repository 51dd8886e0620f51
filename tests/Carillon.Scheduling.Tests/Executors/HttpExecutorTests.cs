using System.Net;
using System.Net.Sockets;
using Carillon.Model;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Carillon.Scheduling.Tests.Executors;

public sealed class HttpExecutorTests
{
    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task Request_whose_connection_breaks_is_sent_once(string method)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = new CancellationTokenSource();
        var requests = HangUpAsync(listener, stop.Token);
        using var http = AddressGuard.CreateClient(allowLinkLocal: false);
        await using var services = new ServiceCollection().BuildServiceProvider();
        var executor = new HttpExecutor(http, static _ => null);
        var run = new HttpRun { Url = $"http://{listener.LocalEndpoint}/", Method = method };

        await Assert.ThrowsAsync<HttpRequestException>(() => executor.ExecuteAsync(run, Context(services), CancellationToken.None));

        await stop.CancelAsync();
        Assert.Equal(1, await requests);
    }

    private static JobContext Context(IServiceProvider services)
    {
        return new JobContext
        {
            JobId = "job",
            ExecutionId = Guid.Empty,
            ScheduledAt = DateTimeOffset.UnixEpoch,
            Attempt = 1,
            FencingToken = 1,
            Log = NullLogger.Instance,
            Services = services,
        };
    }

    /// <summary>Reads requests and closes their connections without an answer.</summary>
    /// <returns>How many there were.</returns>
    private static async Task<int> HangUpAsync(TcpListener listener, CancellationToken cancellationToken)
    {
        var requests = 0;
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(cancellationToken);
                requests += await client.GetStream().ReadAsync(new byte[4_096], cancellationToken) > 0 ? 1 : 0;
            }
        }
        catch (OperationCanceledException)
        {
            return requests;
        }
    }
}
