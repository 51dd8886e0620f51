namespace Carillon.Hosting;

/// <summary>Who brings the schema of the store up to date.</summary>
public enum MigrateMode
{
    /// <summary>The first node that needs it.</summary>
    Auto,

    /// <summary>A person; a node refuses to start on another schema than its own.</summary>
    Manual,
}
