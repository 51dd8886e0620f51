using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Carillon.EndToEnd.Tests.Metrics;

/// <summary>
/// Asks for /metrics all the time, also while the node is down, and notes every counter that is lower than, or gone
/// since, an earlier page.
/// </summary>
[SuppressMessage("Usage", "VSTHRD003", Justification = "The poller starts its loop itself, and ends it.")]
internal sealed class Poller : IAsyncDisposable
{
    private const int MaxFalls = 20;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http;
    private readonly Dictionary<string, double> _highest = new(StringComparer.Ordinal);
    private readonly List<string> _falls = [];
    private readonly Task _loop;
    private int _pages;
    private int _refusals;

    private Poller(Uri address)
    {
        _http = new HttpClient { BaseAddress = address };
        _loop = PollAsync();
    }

    /// <summary>How many pages were read.</summary>
    public int Pages => Volatile.Read(ref _pages);

    /// <summary>How often there was none: nobody answered, or the node was not complete.</summary>
    public int Refusals => Volatile.Read(ref _refusals);

    public static Poller Start(Uri address)
    {
        return new Poller(address);
    }

    /// <summary>Stops, and checks that nothing fell.</summary>
    public async Task StopAndCheckAsync()
    {
        await _stop.CancelAsync();
        await _loop;
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
            using var answer = await _http.GetAsync(new Uri("metrics", UriKind.Relative));
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
    }

    private void Compare(MetricsPage page)
    {
        foreach (var (series, highest) in _highest)
        {
            if ((!page.Samples.TryGetValue(series, out var now) || now < highest) && _falls.Count < MaxFalls)
            {
                _falls.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"page {Pages}: {series} from {highest} to {(page.Samples.ContainsKey(series) ? now : "nothing")}"));
            }
        }

        foreach (var (series, value) in page.Counters)
        {
            _highest[series] = value;
        }
    }
}
