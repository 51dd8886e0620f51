namespace Carillon.Actors;

/// <summary>Request and reply on top of Tell.</summary>
public static class ActorRefExtensions
{
    /// <summary>
    /// Tells a request and returns the first reply. Code that awaits it never continues on the thread of the replying
    /// actor. A later reply is a dead letter.
    /// </summary>
    /// <param name="target">An actor of an actor system, or any <see cref="IActorSystemMember"/>.</param>
    /// <param name="message">Makes the request around the address to reply to.</param>
    /// <param name="timeout">
    /// More than zero; <see langword="null"/> takes <see cref="ActorSystemOptions.AskTimeout"/>.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting; the request itself is not withdrawn.</param>
    /// <exception cref="AskTimeoutException">No reply in time. Whether the request was handled is unknown.</exception>
    /// <exception cref="ActorUnavailableException">The target has stopped or its mailbox is full.</exception>
    /// <exception cref="ArgumentException">
    /// The target belongs to no actor system: name one with the other overload.
    /// </exception>
    public static Task<TReply> AskAsync<TMessage, TReply>(
        this IActorRef<TMessage> target,
        Func<IActorRef<TReply>, TMessage> message,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default)
        where TMessage : class
        where TReply : class
    {
        ArgumentNullException.ThrowIfNull(target);
        var system = (target as IActorSystemMember)?.System
            ?? throw new ArgumentException($"'{target.Path}' belongs to no actor system; name one.", nameof(target));
        return target.AskAsync(system, message, timeout, cancellationToken);
    }

    /// <summary>As the other overload, for a target of any kind: the system gives clock and default timeout.</summary>
    public static Task<TReply> AskAsync<TMessage, TReply>(
        this IActorRef<TMessage> target,
        ActorSystem system,
        Func<IActorRef<TReply>, TMessage> message,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default)
        where TMessage : class
        where TReply : class
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(message);
        var limit = timeout ?? system.Options.AskTimeout;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero, nameof(timeout));

        var promise = new AskPromise<TMessage, TReply>(system, target);
        if (target.Tell(message(promise)))
        {
            promise.Expire(limit, cancellationToken);
        }
        else
        {
            promise.Refuse();
        }

        return promise.Task;
    }
}
