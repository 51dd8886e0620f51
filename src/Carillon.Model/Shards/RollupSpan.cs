namespace Carillon.Model;

/// <summary>How much time one <see cref="Rollup"/> covers.</summary>
public enum RollupSpan
{
    /// <summary>One minute.</summary>
    Minute = 1,

    /// <summary>One hour.</summary>
    Hour = 2,
}
