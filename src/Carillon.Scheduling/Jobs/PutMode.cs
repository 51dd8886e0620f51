namespace Carillon.Scheduling;

/// <summary>Which jobs <see cref="PutJob"/> accepts.</summary>
public enum PutMode
{
    /// <summary>The job must not exist.</summary>
    Create,

    /// <summary>The job must exist.</summary>
    Update,

    /// <summary>Either.</summary>
    CreateOrUpdate,
}
