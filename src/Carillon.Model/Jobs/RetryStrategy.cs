namespace Carillon.Model;

/// <summary>How the wait between attempts grows.</summary>
public enum RetryStrategy
{
    /// <summary>min · 2ⁿ, capped at max. The default.</summary>
    Exponential,

    /// <summary>Always min.</summary>
    Fixed,

    /// <summary>Evenly spread between min and max.</summary>
    Random,
}
