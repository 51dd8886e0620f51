namespace Carillon.Actors;

/// <summary>One message in a mailbox, and the link to the next.</summary>
internal class MessageNode<TMessage>(TMessage message)
    where TMessage : class
{
    /// <summary>Stands at the head of a mailbox that takes no more.</summary>
    internal static readonly MessageNode<TMessage> Closed = new(null!);

    /// <summary>How many nodes a thread keeps: a large burst, without holding on to what a flood has left.</summary>
    private const int MaxSpare = 1_024;

    /// <summary>Nodes whose message was taken on this thread, for those that this thread sends; they are linked by Next.</summary>
    [ThreadStatic]
    private static MessageNode<TMessage>? Spare;

    [ThreadStatic]
    private static int SpareCount;

    private TMessage _message = message;

    internal MessageNode<TMessage>? Next { get; set; }

    /// <summary>What counts as a dead letter when the actor stops first; <see langword="null"/> for nothing.</summary>
    internal virtual object? Undelivered => Message;

    protected TMessage Message => _message;

    /// <summary>A node that is nobody else's; it is used again once its message is taken.</summary>
    internal static MessageNode<TMessage> Of(TMessage message)
    {
        if (Spare is not { } node)
        {
            return new MessageNode<TMessage>(message);
        }

        Spare = node.Next;
        SpareCount--;
        node._message = message;
        return node;
    }

    /// <summary>
    /// Runs on the actor's turn. <see langword="false"/> when the message was withdrawn while it waited.
    /// </summary>
    internal virtual bool TryTake(out TMessage taken)
    {
        taken = _message;
        if (SpareCount < MaxSpare)
        {
            _message = null!;
            Next = Spare;
            Spare = this;
            SpareCount++;
        }

        return true;
    }
}
