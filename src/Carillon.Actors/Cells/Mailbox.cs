using System.Runtime.InteropServices;

namespace Carillon.Actors;

/// <summary>
/// The user messages of one actor: many senders, one taker, nothing allocated while empty. Senders push onto a list,
/// the taker detaches the whole list and turns it round: a message costs its sender two interlocked operations, and the
/// taker less than one.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct Mailbox<TMessage>
    where TMessage : class
{
    /// <summary>Newest first; written by every sender.</summary>
    private MessageNode<TMessage>? _inbox;

    /// <summary>Oldest first; only the taker's.</summary>
    private MessageNode<TMessage>? _backlog;

    /// <summary>Messages ever counted, by any thread; what waits is this less those taken.</summary>
    private int _added;

    /// <summary>Written by the taker only, so that taking needs no interlocked operation for it.</summary>
    private int _taken;

    internal readonly bool IsEmpty => _backlog is null && Volatile.Read(in _inbox) is null;

    /// <summary>Counts one more message, whatever the capacity.</summary>
    internal void Reserve() => Interlocked.Increment(ref _added);

    /// <summary>Counts one more message unless the mailbox is full.</summary>
    internal bool TryReserve(int capacity)
    {
        // Both wrap round; their difference does not.
        if (Interlocked.Increment(ref _added) - Volatile.Read(ref _taken) <= capacity)
        {
            return true;
        }

        Interlocked.Decrement(ref _added);
        return false;
    }

    /// <summary>Adds a message that has been counted. <see langword="false"/> when the mailbox is closed.</summary>
    internal bool TryAdd(MessageNode<TMessage> node)
    {
        var head = Volatile.Read(ref _inbox);
        while (!ReferenceEquals(head, MessageNode<TMessage>.Closed))
        {
            node.Next = head;
            var seen = Interlocked.CompareExchange(ref _inbox, node, head);
            if (ReferenceEquals(seen, head))
            {
                return true;
            }

            head = seen;
        }

        Interlocked.Decrement(ref _added);
        return false;
    }

    /// <summary>Takes the oldest message. Only on the actor's turn, not after <see cref="Close"/>.</summary>
    internal MessageNode<TMessage>? Take()
    {
        if (_backlog is null)
        {
            if (Volatile.Read(ref _inbox) is null)
            {
                return null;
            }

            _backlog = Reversed(Interlocked.Exchange(ref _inbox, null));
        }

        return TakeFromBacklog();
    }

    /// <summary>Refuses all further messages and gives back those that wait, oldest first.</summary>
    internal List<MessageNode<TMessage>> Close()
    {
        var rest = new List<MessageNode<TMessage>>();
        while (_backlog is not null)
        {
            rest.Add(TakeFromBacklog());
        }

        _backlog = Reversed(Interlocked.Exchange(ref _inbox, MessageNode<TMessage>.Closed));
        while (_backlog is not null)
        {
            rest.Add(TakeFromBacklog());
        }

        return rest;
    }

    private static MessageNode<TMessage>? Reversed(MessageNode<TMessage>? newest)
    {
        MessageNode<TMessage>? oldest = null;
        while (newest is not null)
        {
            var next = newest.Next;
            newest.Next = oldest;
            oldest = newest;
            newest = next;
        }

        return oldest;
    }

    private MessageNode<TMessage> TakeFromBacklog()
    {
        var node = _backlog!;
        _backlog = node.Next;

        // Cut loose: some nodes are used again, and a chain of dead ones would keep young ones alive.
        node.Next = null;
        Volatile.Write(ref _taken, _taken + 1);
        return node;
    }
}
