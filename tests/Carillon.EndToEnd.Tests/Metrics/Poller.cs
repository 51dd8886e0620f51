using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Carillon.EndToEnd.Tests.Metrics;

/// <summary>
/// Asks for /metrics all the time, also while the node is down, and notes every counter that is lower than, or gone
/// since, an earlier page. Of several nodes it asks any, so that no node may show less than another one did before.
/// </summary>
[SuppressMessage("Usage", "VSTHRD003", Justification = "The poller starts its loop itself, and ends it.")]
internal sealed class Poller : IAsyncDisposable
{
    private const int MaxFalls = 20;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    /// <summary>A page may come late, from a node that stood still. Who waits for it sees nothing of the others meanwhile.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = new();
    private readonly Func<Uri> _next;
    private readonly Dictionary<string, double> _highest = new(StringComparer.Ordinal);
    private readonly List<string> _falls = [];
    private readonly Task _loop;
    private int _pages;
    private int _refusals;

    private Poller(Func<Uri> next, TimeSpan? patience = null)
    {
        _http.Timeout = patience ?? _http.Timeout;
        _next = next;
        _loop = PollAsync();
    }

    /// <summary>How many pages were read.</summary>
    public int Pages => Volatile.Read(ref _pages);

    /// <summary>How often there was none: nobody answered, or the node was not complete.</summary>
    public int Refusals => Volatile.Read(ref _refusals);

    /// <summary>What was wrong with pages so far.</summary>
    public IReadOnlyList<string> Falls => [.. _falls];

    public static Poller Start(Uri address)
    {
        return new Poller(() => address);
    }

    /// <summary>Starts one that asks another node each time.</summary>
    public static Poller Start(Func<Uri> next)
    {
        return new Poller(next, Patience);
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _loop;
    }

    /// <summary>Stops, and checks that nothing fell.</summary>
    public async Task StopAndCheckAsync()
    {
        await StopAsync();
        Assert.True(_falls.Count == 0, $"in {Pages} pages fell:\n{string.Join('\n', _falls)}");
        Assert.NotEmpty(_highest);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task PollAsync()
    {
        using var pace = new PeriodicTimer(Pace);
        while (!_stop.IsCancellationRequested)
        {
            if (await ReadAsync() is { } page)
            {
                Compare(page);
                Interlocked.Increment(ref _pages);
            }
            else
            {
                Interlocked.Increment(ref _refusals);
            }

            await pace.WaitForNextTickAsync();
        }
    }

    private async Task<MetricsPage?> ReadAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(_next(), "metrics"));
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                return null;
            }

            answer.EnsureSuccessStatusCode();
            return MetricsPage.Parse(await answer.Content.ReadAsStringAsync());
        }
        catch (HttpRequestException error) when (error.StatusCode is null)
        {
            return null; // the node is down
        }
        catch (HttpIOException)
        {
            return null; // it went down in the middle of a page
        }
        catch (OperationCanceledException)
        {
            return null; // it stands still
        }
    }

    private void Compare(MetricsPage page)
    {
        foreach (var (series, highest) in _highest)
        {
            if ((!page.Samples.TryGetValue(series, out var now) || now < highest) && _falls.Count < MaxFalls)
            {
                _falls.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"page {Pages}, {TimeProvider.System.GetUtcNow():O}: {series} from {highest} to {(page.Samples.ContainsKey(series) ? now : "nothing")}"));
            }
        }

        foreach (var (series, value) in page.Counters)
        {
            _highest[series] = value;
        }
    }
}
