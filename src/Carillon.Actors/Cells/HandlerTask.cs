namespace Carillon.Actors;

/// <summary>
/// The asynchronous rest of handling one message. Code awaited in it resumes in the actor's turns, as messages of the
/// kernel; when the actor is gone, in turns of their own.
/// </summary>
internal sealed class HandlerTask(ActorCell cell) : SynchronizationContext, IRunsOnTimerThread, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private ITimer? _deadline;

    /// <summary>What the handler returned; <see langword="null"/> while it has not.</summary>
    internal Task? Task { get; private set; }

    /// <summary>Runs the handler up to its first await that has to wait.</summary>
    internal void Begin(Func<CancellationToken, Task> handler)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            Task = handler(_cancellation.Token);
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    /// <summary>Announces the end of the task to the cell, and its deadline.</summary>
    internal void Await(TimeSpan timeout)
    {
        _deadline = cell.System.Time.CreateTimer(
            static state => ((HandlerTask)state!).Expire(), this, timeout, Timeout.InfiniteTimeSpan);
        var outer = Current;
        SetSynchronizationContext(this);
        Task!.GetAwaiter().UnsafeOnCompleted(() => cell.EndHandler(this));
        SetSynchronizationContext(outer);
    }

    internal void Extend(TimeSpan timeout) => _deadline!.Change(timeout, Timeout.InfiniteTimeSpan);

    /// <summary>The callbacks of the token are user code, and may throw.</summary>
    internal void Cancel() => _cancellation.Cancel();

    public void Dispose()
    {
        _deadline?.Dispose();
        _cancellation.Dispose();
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        var callback = new CallbackItem(d, state);
        if (!cell.Send(new SystemMessage(SystemMessageKind.Continue) { Handler = this, Callback = callback }))
        {
            cell.System.Dispatcher.Schedule(callback);
        }
    }

    public override SynchronizationContext CreateCopy() => this;

    internal void Continue(CallbackItem callback)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            callback.Run();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    private void Expire() => cell.Send(new SystemMessage(SystemMessageKind.HandlerExpired) { Handler = this });
}
