namespace Carillon.Web;

/// <summary>What the value of a heat map's cell is.</summary>
internal enum HeatMapMeasure
{
    /// <summary>Failures ÷ runs.</summary>
    Rate,

    /// <summary>Failures.</summary>
    Count,
}
