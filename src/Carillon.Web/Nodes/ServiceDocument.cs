namespace Carillon.Web;

/// <summary>A job class that is registered in code.</summary>
/// <param name="Name">What jobs of type <c>class</c> call it.</param>
internal sealed record ServiceDocument(string Name);
