using Microsoft.Extensions.Logging;

namespace Carillon.Actors;

/// <summary>
/// What an actor instance may ask of the kernel, in the actor's own calls only: elsewhere, and when the instance has
/// ended, whatever changes something throws <see cref="InvalidOperationException"/>.
/// </summary>
/// <typeparam name="TMessage">What the actor accepts.</typeparam>
public sealed class ActorContext<TMessage>
    where TMessage : class
{
    private readonly ActorCell<TMessage> _cell;
    private ActorTimers<TMessage>? _timers;

    internal ActorContext(ActorCell<TMessage> cell)
    {
        _cell = cell;
    }

    /// <summary>This actor's own address. Survives restarts.</summary>
    public IActorRef<TMessage> Self => _cell;

    /// <summary>The system the actor lives in.</summary>
    public ActorSystem System => _cell.System;

    /// <summary>The system's clock.</summary>
    public TimeProvider Time => _cell.System.Time;

    /// <summary>A logger with the actor's class as category.</summary>
    public ILogger Log => _cell.CreateLogger();

    /// <summary>The system's source of chance, safe to call from any thread.</summary>
    public Random Random => _cell.System.Random;

    /// <summary>The timers of this instance; a restart cancels them.</summary>
    public ActorTimers<TMessage> Timers => _timers ??= new ActorTimers<TMessage>(this);

    /// <summary>The cell, for what only the actor's own calls may do.</summary>
    internal ActorCell<TMessage> Cell
    {
        get
        {
            CheckTurn();
            return _cell;
        }
    }

    /// <summary>
    /// Creates a child. It starts on its own turn; its failures are decided by this actor's strategy.
    /// </summary>
    /// <param name="name">Unique among living siblings, 1 to 256 characters without '/'.</param>
    /// <param name="factory">Makes a new instance at the start and at each restart.</param>
    /// <param name="options">Bounds and strategy of the child; <see langword="null"/> takes the defaults.</param>
    /// <exception cref="ArgumentException">The name is not allowed or taken.</exception>
    /// <exception cref="InvalidOperationException">This actor is stopping or restarting.</exception>
    public IActorRef<TChild> Spawn<TChild>(string name, Func<Actor<TChild>> factory, ActorOptions? options = null)
        where TChild : class
    {
        return Cell.Spawn(name, factory, options);
    }

    /// <summary>Stops a child after the message it is working on. No effect on one that has stopped.</summary>
    /// <exception cref="ArgumentException">Not a child of this actor.</exception>
    public void Stop<TChild>(IActorRef<TChild> child)
        where TChild : class
    {
        var cell = ActorCell.Of(child);
        if (!cell.IsChildOf(Cell))
        {
            throw new ArgumentException($"'{child.Path}' is not a child of '{_cell.Path}'.", nameof(child));
        }

        cell.Send(new SystemMessage(SystemMessageKind.Stop));
    }

    /// <summary>Stops this actor after the message it is working on.</summary>
    public void StopSelf() => Cell.Send(new SystemMessage(SystemMessageKind.Stop));

    /// <summary>
    /// Asks for exactly one message when the other actor has stopped, at once when it already has. The message comes
    /// after everything the other actor told this one, is never refused for a full mailbox, and a second watch of the
    /// same actor replaces the first. The watch survives this actor's restart unless the other is its child.
    /// </summary>
    /// <exception cref="ArgumentException">The reference is this actor's own, or of no actor system.</exception>
    public void Watch<TOther>(IActorRef<TOther> other, TMessage terminated)
        where TOther : class
    {
        ArgumentNullException.ThrowIfNull(terminated);
        Cell.Watch(ActorCell.Of(other), new WatchEntry<TMessage>(_cell, ActorCell.Of(other), terminated));
    }

    /// <summary>Ends a watch. Its message does not arrive any more, even if it was already in the mailbox.</summary>
    public void Unwatch<TOther>(IActorRef<TOther> other)
        where TOther : class
    {
        Cell.Unwatch(ActorCell.Of(other));
    }

    /// <summary>
    /// Turns the end of a task into a message to this actor, never refused for a full mailbox. The two functions run as
    /// part of handling that message: they may use the state, and what they throw fails the actor.
    /// </summary>
    /// <param name="task">Any task; it may complete on any thread.</param>
    /// <param name="success">Makes the message from the result.</param>
    /// <param name="failure">Makes the message from the exception, for cancellation a TaskCanceledException.</param>
    public void PipeToSelf<TResult>(
        Task<TResult> task, Func<TResult, TMessage> success, Func<Exception, TMessage> failure)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(success);
        ArgumentNullException.ThrowIfNull(failure);
        new PipedResult<TMessage, TResult>(Cell, task, success, failure).Await();
    }

    /// <summary>
    /// Handles the rest of the present message asynchronously. The actor takes no further message until the task has
    /// ended, and what it throws fails the actor. Code awaited in it resumes in the actor's turns, unless it says
    /// ConfigureAwait(false), and may use the state. After <see cref="ActorOptions.HandlerTimeout"/> the actor fails
    /// with a <see cref="HandlerTimeoutException"/>, the handler is left behind, and the verdict Resume means Restart.
    /// A stop or restart waits for it as long.
    /// </summary>
    /// <param name="handler">
    /// Its token is cancelled when the actor is to stop or restart, and when the time is used up.
    /// </param>
    /// <exception cref="InvalidOperationException">Not while handling a message, or a second time in one.</exception>
    public void RunTask(Func<CancellationToken, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Cell.RunTask(handler);
    }

    /// <exception cref="InvalidOperationException">Not called by the present instance on its turn.</exception>
    internal void CheckTurn()
    {
        if (!_cell.IsOnTurn)
        {
            throw new InvalidOperationException(
                $"The context of '{_cell.Path}' was used outside of the actor's calls.");
        }

        if (!_cell.IsCurrent(this))
        {
            throw new InvalidOperationException(
                $"The context of '{_cell.Path}' belongs to an instance that has ended.");
        }
    }

    internal void CancelTimers() => _timers?.CancelAll();
}
