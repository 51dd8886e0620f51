namespace Carillon.Web;

/// <summary>What the columns of a heat map are.</summary>
internal enum HeatMapAxis
{
    /// <summary>The hours of the period.</summary>
    Timeline,

    /// <summary>The hours of the day.</summary>
    Clock,
}
