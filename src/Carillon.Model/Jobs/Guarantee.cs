namespace Carillon.Model;

/// <summary>What is promised about an execution whose node died while it ran.</summary>
public enum Guarantee
{
    /// <summary>It is run again as the next attempt of the same execution. The default.</summary>
    AtLeastOnce,

    /// <summary>It is recorded as lost and not run again.</summary>
    AtMostOnce,
}
