namespace Carillon.Web;

/// <summary>What the series of a trend are of.</summary>
internal enum TrendKey
{
    /// <summary>One for each category.</summary>
    Category,

    /// <summary>One for each queue.</summary>
    Queue,

    /// <summary>One for each way to end.</summary>
    Outcome,
}
