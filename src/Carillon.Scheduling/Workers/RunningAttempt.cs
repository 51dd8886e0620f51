using System.Diagnostics.CodeAnalysis;
using Carillon.Actors;
using Carillon.Model;

namespace Carillon.Scheduling;

/// <summary>
/// One run of user code in the pool. The worker's actor owns it; only the code itself, its result and the
/// cancellation cross to the pool.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The source has nothing to dispose, and a cancellation may still be on its way when the code returns.")]
internal sealed class RunningAttempt : IThreadPoolWorkItem
{
    private readonly RunAttempt _run;
    private readonly AttemptRunner _runner;
    private readonly IActorRef<object> _worker;
    private readonly AttemptCancellation _cancellation = new();
    private readonly long _begun;
    private long _ownerEpoch;

    public RunningAttempt(RunAttempt run, AttemptRunner runner, IActorRef<object> worker)
    {
        _run = run;
        _runner = runner;
        _worker = worker;
        _begun = runner.Time.GetTimestamp();
        Words = new AttemptWords(new JobOutput(runner.OutputLimit), new JobProgress());
        ReplyTo = run.ReplyTo;
        _ownerEpoch = run.Term.Epoch;
    }

    /// <summary>Who is told the end: the owner of the newest term that asked.</summary>
    public IActorRef<AttemptEnded> ReplyTo { get; private set; }

    public RunAttempt Run => _run;

    /// <summary>What its code says while it runs.</summary>
    public AttemptWords Words { get; }

    /// <summary>Whether it may run only so long.</summary>
    public bool IsLimited => Timeout is not null || _run.Job.TotalTimeout is not null;

    /// <summary>How long it has been running.</summary>
    public long Microseconds => _runner.Time.GetElapsedTime(_begun).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>How it ended, once it has; kept until the owner has recorded it.</summary>
    public AttemptResult? Result { get; set; }

    /// <summary>Whether user code has returned and the slot is free again.</summary>
    public bool HasReturned { get; set; }

    /// <summary>Whether the owner has recorded the end.</summary>
    public bool IsRecorded { get; set; }

    /// <summary>Whether its token is, or is about to be, cancelled.</summary>
    public bool IsCancelled => _cancellation.Reason is not null;

    /// <summary>How its code stands, or null when it has returned.</summary>
    public LiveState? State => HasReturned ? null
        : Result is not null ? LiveState.Overdue
        : IsCancelled ? LiveState.Cancelling
        : LiveState.Running;

    private TimeSpan? Timeout => _run.Job.Timeout ?? (_run.Job.Run is HttpRun ? HttpExecutor.DefaultTimeout : null);

    /// <summary>How long from <paramref name="now"/> it may run, and the reason of its cancellation then; null for ever.</summary>
    public (TimeSpan After, string Reason)? LimitAt(DateTimeOffset now)
    {
        var timeout = Timeout;
        if (FollowUp.Deadline(_run.Job, _run.Attempt) - now is { } left && !(timeout <= left))
        {
            return (left > TimeSpan.Zero ? left : TimeSpan.Zero, CancelReasons.TotalTimeout);
        }

        return timeout is { } after ? (after, CancelReasons.Timeout) : null;
    }

    /// <summary>Takes whoever asks for its owner; false for one of an earlier term, whose question was long on its way.</summary>
    public bool HandTo(IActorRef<AttemptEnded> asker, ShardTerm term)
    {
        if (term.Epoch < _ownerEpoch)
        {
            return false;
        }

        (ReplyTo, _ownerEpoch) = (asker, term.Epoch);
        return true;
    }

    /// <summary>Cancels the token of the code, once.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="pool">Where callbacks run that user code registered on the token: not on the actor's thread.</param>
    /// <returns>False when it was cancelled before, for a reason that stays.</returns>
    public bool Cancel(string reason, IUserCodePool pool)
    {
        if (IsCancelled)
        {
            return false;
        }

        _cancellation.Reason = reason;
        pool.Queue(_cancellation);
        return true;
    }

    void IThreadPoolWorkItem.Execute()
    {
        _ = ExecuteAsync();
    }

    private async Task ExecuteAsync()
    {
        using var span = AttemptSpans.Run(_run.Attempt, _run.Job, _run.TraceParent, _runner.Time, _runner.Log);
        var result = await _runner.ExecuteAsync(_run, Words, _cancellation);
        if (span is not null)
        {
            AttemptSpans.End(span, result, _runner.Log);
        }

        _worker.Tell(new Worker.Returned(_run, result));
    }
}
