using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Carillon.Web;

/// <summary>
/// How long a scraper waits for its page, as Prometheus says in a header. A page that is late is given up: half of it
/// would be worth nothing, and nobody waits for the rest.
/// </summary>
internal sealed class ScrapeDeadline : IDisposable
{
    private const string Header = "X-Prometheus-Scrape-Timeout-Seconds";

    /// <summary>What is left of the time for the way of the page to the scraper.</summary>
    private const double Share = 0.9;

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly TimeSpan? _limit;
    private readonly CancellationTokenSource _late;
    private readonly CancellationTokenSource _either;

    /// <summary>Begins to wait.</summary>
    public ScrapeDeadline(HttpContext http, TimeProvider time)
    {
        _limit = LimitOf(http.Request.Headers);
        _late = new CancellationTokenSource(_limit ?? Timeout.InfiniteTimeSpan, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_late.Token, http.RequestAborted);
    }

    /// <summary>The time that a page may take; null when the caller does not say, or says nothing sensible.</summary>
    public static TimeSpan? LimitOf(IHeaderDictionary headers)
    {
        return double.TryParse(headers[Header], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && seconds > 0 && seconds <= Longest.TotalSeconds
                ? TimeSpan.FromSeconds(seconds * Share)
                : null;
    }

    /// <summary>Makes a page in time.</summary>
    /// <param name="make">Gives up when its token says so.</param>
    /// <exception cref="TimeoutException">It took too long.</exception>
    public async Task<T> MakeAsync<T>(Func<CancellationToken, Task<T>> make)
    {
        try
        {
            return await make(_either.Token);
        }
        catch (OperationCanceledException late) when (_late.IsCancellationRequested)
        {
            var limit = string.Create(CultureInfo.InvariantCulture, $"{_limit?.TotalSeconds}");
            throw new TimeoutException($"the page was not ready within {limit} s, nine tenths of {Header}", late);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _either.Dispose();
        _late.Dispose();
    }
}
