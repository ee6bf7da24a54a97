"""Rules of the portal: values in, values out."""
