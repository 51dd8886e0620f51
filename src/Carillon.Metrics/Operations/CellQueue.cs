namespace Carillon.Metrics;

/// <summary>The cells that have something to send. Any thread adds; one takes them all at once.</summary>
internal sealed class CellQueue
{
    private ICollectedCell? _head;

    /// <summary>Adds a cell that is not in the queue.</summary>
    public void Push(ICollectedCell cell)
    {
        var head = Volatile.Read(ref _head);
        while (true)
        {
            cell.Next = head;
            var seen = Interlocked.CompareExchange(ref _head, cell, head);
            if (ReferenceEquals(seen, head))
            {
                return;
            }

            head = seen;
        }
    }

    /// <summary>Empties the queue and moves what the cells hold.</summary>
    public void MoveTo(SeriesBuffer buffer)
    {
        var cell = Interlocked.Exchange(ref _head, null);
        while (cell is not null)
        {
            var next = cell.Next; // before the cell is free to be pushed again
            cell.MoveTo(buffer);
            cell = next;
        }
    }
}
