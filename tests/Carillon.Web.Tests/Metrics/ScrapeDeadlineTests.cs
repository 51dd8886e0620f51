using Carillon.Actors;
using Microsoft.AspNetCore.Http;

namespace Carillon.Web.Tests.Metrics;

public sealed class ScrapeDeadlineTests
{
    private readonly VirtualTimeProvider _time = new(DateTimeOffset.UnixEpoch, dispatcher: null);
    private readonly DefaultHttpContext _http = new();

    [Fact]
    public async Task Page_that_is_late_is_given_up()
    {
        _http.Request.Headers["X-Prometheus-Scrape-Timeout-Seconds"] = "10";
        using var deadline = new ScrapeDeadline(_http, _time);
        var page = deadline.MakeAsync(Never);

        _time.Advance(TimeSpan.FromSeconds(8.9));
        Assert.False(page.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));

        await ((Task)page).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        var late = Assert.IsType<TimeoutException>(page.Exception?.InnerException);
        Assert.Contains("within 9 s", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Caller_that_has_gone_is_not_told_that_it_took_too_long()
    {
        using var gone = new CancellationTokenSource();
        _http.RequestAborted = gone.Token;
        using var deadline = new ScrapeDeadline(_http, _time);
        var page = deadline.MakeAsync(Never);

        await gone.CancelAsync();

        await ((Task)page).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        Assert.True(page.IsCanceled);
    }

    [Fact]
    public async Task Page_in_time_is_given()
    {
        using var deadline = new ScrapeDeadline(_http, _time);

        Assert.Equal("page", await deadline.MakeAsync(static _ => Task.FromResult("page")));
    }

    private static async Task<string> Never(CancellationToken cancellationToken)
    {
        var never = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        return await never.Task.WaitAsync(cancellationToken);
    }
}
