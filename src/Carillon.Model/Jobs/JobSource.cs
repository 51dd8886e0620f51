namespace Carillon.Model;

/// <summary>Where a job's definition comes from.</summary>
public enum JobSource
{
    /// <summary>Created through the API; it stays until deleted.</summary>
    Api,

    /// <summary>Declared in configuration or code; it is paused as <c>undeclared</c> when no node declares it any more.</summary>
    Declared,
}
