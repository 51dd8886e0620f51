namespace Carillon.Actors;

/// <summary>The address of one actor. Safe to share between threads and to keep after the actor has stopped.</summary>
/// <typeparam name="TMessage">What the actor accepts. Messages must be immutable.</typeparam>
public interface IActorRef<in TMessage>
    where TMessage : class
{
    /// <summary>
    /// Where the actor sits in its tree, such as <c>/shards/17/jobs/nightly</c>. For logs, not for lookup.
    /// </summary>
    string Path { get; }

    /// <summary>
    /// Puts a message into the mailbox. Never blocks. Messages of one sender arrive in the order they were told;
    /// nothing is promised between senders, and an accepted message is lost when the actor stops first.
    /// </summary>
    /// <returns>
    /// <see langword="false"/> when the mailbox is full or the actor has stopped; the message then counts as a dead
    /// letter.
    /// </returns>
    bool Tell(TMessage message);
}
