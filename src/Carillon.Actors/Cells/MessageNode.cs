namespace Carillon.Actors;

/// <summary>One message in a mailbox, and the link to the next.</summary>
internal class MessageNode<TMessage>(TMessage message)
    where TMessage : class
{
    /// <summary>Stands at the head of a mailbox that takes no more.</summary>
    internal static readonly MessageNode<TMessage> Closed = new(null!);

    internal MessageNode<TMessage>? Next { get; set; }

    /// <summary>What counts as a dead letter when the actor stops first; <see langword="null"/> for nothing.</summary>
    internal virtual object? Undelivered => Message;

    protected TMessage Message => message;

    /// <summary>
    /// Runs on the actor's turn. <see langword="false"/> when the message was withdrawn while it waited.
    /// </summary>
    internal virtual bool TryTake(out TMessage taken)
    {
        taken = message;
        return true;
    }
}
