using System.Diagnostics.CodeAnalysis;

namespace Carillon.Actors;

/// <summary>The end of a task on its way to an actor.</summary>
internal sealed class PipedResult<TMessage, TResult>(
    ActorCell<TMessage> target,
    Task<TResult> task,
    Func<TResult, TMessage> success,
    Func<Exception, TMessage> failure)
    : MessageNode<TMessage>(null!)
    where TMessage : class
{
    internal override object? Undelivered => this;

    internal void Await()
    {
        if (task.AsyncState is CompletionObservers ask)
        {
            ask.Add(Deliver);
        }
        else
        {
            task.GetAwaiter().UnsafeOnCompleted(Deliver);
        }
    }

    [SuppressMessage("Usage", "VSTHRD002", Justification = "The task has completed.")]
    internal override bool TryTake(out TMessage taken)
    {
        taken = task.IsCompletedSuccessfully ? success(task.Result) : failure(FailureOf(task));
        return true;
    }

    private static Exception FailureOf(Task<TResult> task)
        => task.Exception?.InnerException ?? new TaskCanceledException(task);

    private void Deliver() => target.EnqueueOwn(this);
}
