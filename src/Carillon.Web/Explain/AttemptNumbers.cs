using Carillon.Model;

namespace Carillon.Web;

/// <summary>The shard's numbers of an attempt: when, in the order of the shard, it was planned, started and finished.</summary>
internal sealed record AttemptNumbers
{
    /// <summary>Makes the document of an attempt's numbers.</summary>
    public AttemptNumbers(Attempt attempt)
    {
        Attempt = attempt.Key.Attempt;
        PlannedNo = attempt.PlannedNo;
        StartedNo = attempt.StartedNo;
        FinishedNo = attempt.FinishedNo;
    }

    public int Attempt { get; }

    public long PlannedNo { get; }

    public long? StartedNo { get; }

    public long? FinishedNo { get; }
}
