namespace Carillon.Actors;

/// <summary>
/// The kernel's own way to hear that an ask has ended. Continuations of its task are asynchronous, so a reply piped to
/// an actor would wait for the thread pool, which user code may have blocked.
/// </summary>
internal sealed class CompletionObservers
{
    private readonly Lock _gate = new();
    private Action? _observers;
    private bool _completed;

    /// <summary>Runs the observer on the completing thread, or at once. It must do no more than Tell.</summary>
    internal void Add(Action observer)
    {
        lock (_gate)
        {
            if (!_completed)
            {
                _observers += observer;
                return;
            }
        }

        observer();
    }

    internal void Complete()
    {
        lock (_gate)
        {
            _completed = true;
        }

        _observers?.Invoke();
    }
}
