namespace Carillon.Model.Configuration;

/// <summary>
/// Marks an integer option, or a list or dictionary of integers, that counts bytes. Configuration files may then give
/// it a unit: <c>512B</c>, <c>64KiB</c>, <c>10MB</c>. A number alone is bytes.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ByteSizeAttribute : Attribute;
