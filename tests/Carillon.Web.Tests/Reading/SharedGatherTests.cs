namespace Carillon.Web.Tests.Reading;

public sealed class SharedGatherTests : IDisposable
{
    private readonly List<TaskCompletionSource<int>> _begun = [];
    private readonly SemaphoreSlim _beginnings = new(0);
    private readonly SharedGather<int> _gather;

    public SharedGatherTests()
    {
        _gather = new SharedGather<int>(() =>
        {
            var work = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_begun)
            {
                _begun.Add(work);
            }

            _beginnings.Release();
            return work.Task;
        });
    }

    [Fact]
    public async Task Question_during_a_gather_gets_the_next_one_and_not_the_one_that_runs()
    {
        var first = _gather.GetAsync(CancellationToken.None);
        await NextBeginsAsync();
        var second = _gather.GetAsync(CancellationToken.None);
        var third = _gather.GetAsync(CancellationToken.None);

        _begun[0].SetResult(1);
        await NextBeginsAsync();
        _begun[1].SetResult(2);

        Assert.Equal((1, 2, 2), (await first, await second, await third));
        Assert.Equal(2, _begun.Count);
    }

    [Fact]
    public async Task Question_after_the_waiting_gather_began_waits_for_a_third()
    {
        var first = _gather.GetAsync(CancellationToken.None);
        await NextBeginsAsync();
        var second = _gather.GetAsync(CancellationToken.None);
        _begun[0].SetResult(1);
        await NextBeginsAsync();
        var third = _gather.GetAsync(CancellationToken.None);
        _begun[1].SetResult(2);
        await NextBeginsAsync();
        _begun[2].SetResult(3);

        Assert.Equal((1, 2, 3), (await first, await second, await third));
    }

    [Fact]
    public async Task Failure_is_shared_by_those_who_asked_together_and_by_nobody_later()
    {
        var first = _gather.GetAsync(CancellationToken.None);
        await NextBeginsAsync();
        var second = _gather.GetAsync(CancellationToken.None);
        _begun[0].SetException(new InvalidOperationException("down"));
        await NextBeginsAsync();
        _begun[1].SetResult(2);

        await Task.WhenAny(first);
        Assert.IsType<InvalidOperationException>(first.Exception?.InnerException);
        Assert.Equal(2, await second);
    }

    [Fact]
    public async Task Caller_that_gives_up_leaves_the_gather_to_the_others()
    {
        using var impatient = new CancellationTokenSource();
        var first = _gather.GetAsync(CancellationToken.None);
        await NextBeginsAsync();
        var gone = _gather.GetAsync(impatient.Token);
        var stays = _gather.GetAsync(CancellationToken.None);
        await impatient.CancelAsync();
        _begun[0].SetResult(1);
        await NextBeginsAsync();
        _begun[1].SetResult(2);

        await Task.WhenAny(gone);
        Assert.True(gone.IsCanceled);
        Assert.Equal((1, 2), (await first, await stays));
    }

    [Fact]
    public async Task Many_callers_from_many_threads_never_get_what_began_before_they_asked()
    {
        var began = 0;
        var gather = new SharedGather<int>(async () =>
        {
            var mine = Interlocked.Increment(ref began);
            await Task.Yield();
            return mine;
        });

        await Parallel.ForAsync(0, 2_000, async (_, cancellationToken) =>
        {
            var before = Volatile.Read(ref began);
            Assert.True(await gather.GetAsync(cancellationToken) > before);
        });
        Assert.InRange(began, 1, 2_000);
    }

    public void Dispose()
    {
        _beginnings.Dispose();
    }

    private async Task NextBeginsAsync()
    {
        Assert.True(await _beginnings.WaitAsync(TimeSpan.FromSeconds(20)), "no gather began");
    }
}
