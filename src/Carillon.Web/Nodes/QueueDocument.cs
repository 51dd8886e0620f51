using Carillon.Scheduling;

namespace Carillon.Web;

/// <summary>One queue.</summary>
/// <param name="Queue">Its name.</param>
/// <param name="Length">Runs that wait for a slot.</param>
/// <param name="Running">Slots reserved or in use.</param>
/// <param name="Slots">How many it may take.</param>
/// <param name="OldestWaitingSeconds">How long the one that waits longest is overdue; 0 when none waits.</param>
/// <param name="State"><c>normal</c>, or <c>busy</c> from 100 waiting runs on.</param>
internal sealed record QueueDocument(
    string Queue, int Length, int Running, int Slots, double OldestWaitingSeconds, string State)
{
    private const int BusyLength = 100;

    /// <summary>Makes the document of a queue.</summary>
    public static QueueDocument Of(QueueState queue, DateTimeOffset now)
    {
        return new QueueDocument(
            queue.Name,
            queue.Length,
            queue.Active,
            queue.Slots,
            Ages.Of(queue.OldestDueAt, now).TotalSeconds,
            queue.Length < BusyLength ? "normal" : "busy");
    }
}
