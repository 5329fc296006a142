/** The words of the field as values: what every room may speak of. Depends on nothing but Java. */
package afterword.model;
