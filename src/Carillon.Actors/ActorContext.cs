using Microsoft.Extensions.Logging;

namespace Carillon.Actors;

/// <summary>
/// What an actor instance may ask of the kernel. Not thread-safe: use it only in the actor's own calls.
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
    public ActorTimers<TMessage> Timers => _timers ??= new ActorTimers<TMessage>(_cell);

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
        return _cell.Spawn(name, factory, options);
    }

    /// <summary>Stops a child after the message it is working on. No effect on one that has stopped.</summary>
    /// <exception cref="ArgumentException">Not a child of this actor.</exception>
    public void Stop<TChild>(IActorRef<TChild> child)
        where TChild : class
    {
        var cell = ActorCell.Of(child);
        if (!cell.IsChildOf(_cell))
        {
            throw new ArgumentException($"'{child.Path}' is not a child of '{_cell.Path}'.", nameof(child));
        }

        cell.Send(new SystemMessage(SystemMessageKind.Stop));
    }

    /// <summary>Stops this actor after the message it is working on.</summary>
    public void StopSelf() => _cell.Send(new SystemMessage(SystemMessageKind.Stop));

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
        _cell.Watch(ActorCell.Of(other), new WatchEntry<TMessage>(_cell, ActorCell.Of(other), terminated));
    }

    /// <summary>Ends a watch. Its message does not arrive any more, even if it was already in the mailbox.</summary>
    public void Unwatch<TOther>(IActorRef<TOther> other)
        where TOther : class
    {
        _cell.Unwatch(ActorCell.Of(other));
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
        new PipedResult<TMessage, TResult>(_cell, task, success, failure).Await();
    }

    /// <summary>Whether these are the timers of this instance.</summary>
    internal bool Owns(ActorTimers<TMessage> timers) => ReferenceEquals(_timers, timers);

    internal void CancelTimers() => _timers?.CancelAll();
}
