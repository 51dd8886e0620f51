using System.Collections.Concurrent;

namespace Carillon.Actors;

/// <summary>
/// Runs one asynchronous call on a thread of its own. What it awaits resumes there and waits for no pool, which user
/// code may have blocked.
/// </summary>
internal sealed class OwnThreadContext : SynchronizationContext
{
    private readonly BlockingCollection<CallbackItem> _callbacks = [];

    /// <param name="name">Of the thread.</param>
    /// <param name="call">Must not fail. The thread ends with it.</param>
    internal static void Start(string name, Func<Task> call)
    {
        var context = new OwnThreadContext();
        new Thread(() => context.Run(call)) { IsBackground = true, Name = name }.Start();
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        try
        {
            _callbacks.Add(new CallbackItem(d, state));
        }
        catch (InvalidOperationException)
        {
            // The call has ended and left this behind.
            ThreadPool.QueueUserWorkItem(new WaitCallback(d), state);
        }
    }

    public override SynchronizationContext CreateCopy() => this;

    private void Run(Func<Task> call)
    {
        SetSynchronizationContext(this);
        _ = EndWithAsync(call);
        foreach (var callback in _callbacks.GetConsumingEnumerable())
        {
            callback.Run();
        }
    }

    private async Task EndWithAsync(Func<Task> call)
    {
        await call();
        _callbacks.CompleteAdding();
    }
}
