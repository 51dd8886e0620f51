namespace Carillon.Actors;

/// <summary>The address a reply goes to: completes one task, once, off the thread of the actor that replies.</summary>
internal sealed class AskPromise<TMessage, TReply> : TaskCompletionSource<TReply>, IActorRef<TReply>, ISingleReply, IRunsOnTimerThread
    where TMessage : class
    where TReply : class
{
    private readonly ActorSystem _system;
    private readonly IActorRef<TMessage> _target;
    private readonly CompletionObservers _observers;
    private ITimer? _timer;
    private TimeSpan _timeout;
    private CancellationTokenRegistration _registration;

    internal AskPromise(ActorSystem system, IActorRef<TMessage> target)
        : base(new CompletionObservers(), TaskCreationOptions.RunContinuationsAsynchronously)
    {
        _system = system;
        _target = target;
        _observers = (CompletionObservers)Task.AsyncState!;
    }

    public string Path => _target.Path + "/ask";

    public bool Tell(TReply message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_system.Options.CheckMessages)
        {
            MessageCheck.Demand(message);
        }

        if (Complete(TrySetResult(message)))
        {
            return true;
        }

        _system.DeadLetters.Publish(DeadLetterReason.LateReply, this, message);
        return false;
    }

    internal void Refuse() => Complete(TrySetException(new ActorUnavailableException(_target.Path)));

    internal void Expire(TimeSpan timeout, CancellationToken cancellationToken)
    {
        _timeout = timeout;
        _timer = _system.Time.CreateTimer(
            static state => ((AskPromise<TMessage, TReply>)state!).TimeOut(), this, timeout, Timeout.InfiniteTimeSpan);
        _registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((AskPromise<TMessage, TReply>)state!).Cancel(token), this);

        // The reply may have come before the timer was stored: one of the two threads sees both.
        Interlocked.MemoryBarrier();
        if (Task.IsCompleted)
        {
            Release();
        }
    }

    private void TimeOut() => Complete(TrySetException(new AskTimeoutException(_target.Path, _timeout)));

    private void Cancel(CancellationToken cancellationToken) => Complete(TrySetCanceled(cancellationToken));

    private bool Complete(bool won)
    {
        if (won)
        {
            Release();
            _observers.Complete();
        }

        return won;
    }

    private void Release()
    {
        _timer?.Dispose();
        _registration.Unregister();
    }
}
