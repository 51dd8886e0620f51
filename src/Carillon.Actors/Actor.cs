namespace Carillon.Actors;

/// <summary>
/// State and behaviour behind one mailbox. The kernel calls every member one at a time, so the state needs no locks;
/// the calls may come from different threads. A call must not block and must not start work that touches the state
/// later: hand results back with <see cref="ActorContext{TMessage}.PipeToSelf"/>.
/// </summary>
/// <typeparam name="TMessage">What the actor accepts.</typeparam>
public abstract class Actor<TMessage>
    where TMessage : class
{
    /// <summary>Binds the instance to the cell whose factory is running.</summary>
    /// <exception cref="InvalidOperationException">Constructed outside a factory given to Spawn.</exception>
    protected Actor()
    {
        Context = ActorCell<TMessage>.Bind(this);
    }

    /// <summary>
    /// The actor's access to the kernel, usable from the constructor on, only from the actor's own calls.
    /// </summary>
    protected internal ActorContext<TMessage> Context { get; }

    internal void CallReceive(TMessage message) => Receive(message);

    internal void CallPreStart() => PreStart();

    internal void CallPostStop() => PostStop();

    internal void CallPreRestart(Exception cause) => PreRestart(cause);

    internal void CallPostRestart(Exception cause) => PostRestart(cause);

    /// <summary>Handles one message. An exception suspends the actor until its parent has decided.</summary>
    protected abstract void Receive(TMessage message);

    /// <summary>Runs before the first message.</summary>
    protected virtual void PreStart()
    {
    }

    /// <summary>Runs after the last message, when all children have stopped. An exception is logged.</summary>
    protected virtual void PostStop()
    {
    }

    /// <summary>
    /// Runs on the failed instance when all children have stopped. Unless overridden, <see cref="PostStop"/>.
    /// </summary>
    protected virtual void PreRestart(Exception cause) => PostStop();

    /// <summary>Runs on the new instance before its first message. Unless overridden, <see cref="PreStart"/>.</summary>
    protected virtual void PostRestart(Exception cause) => PreStart();
}
